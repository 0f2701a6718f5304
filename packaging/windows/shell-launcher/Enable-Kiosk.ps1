<#
.SYNOPSIS
Makes a Windows user see nothing but EventSnap's kiosk: Shell Launcher starts it instead of the desktop.

.DESCRIPTION
Shell Launcher is part of Windows Enterprise, Education and IoT Enterprise, not of Home and Pro. All
other users keep their desktop. Disable-Kiosk.ps1 undoes everything that is done here.

The kiosk's own supervisor starts it again after a crash; when that ends as well (the staff chose
"leave", or something is missing), Shell Launcher does what -WhenItEnds says.

Not tried on Windows by us: written from Microsoft's documentation of WESL_UserSetting.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File Enable-Kiosk.ps1 -Event party -User kiosk
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The code of the event, as the organizer made it.
    [Parameter(Mandatory)]
    [ValidatePattern('^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$')]
    [Alias("Event")]
    [string]$EventCode,

    # A local user without administrator's rights; made, without a password, where it is not there.
    [string]$User = 'kiosk',

    # Further arguments, as '--camera 1'.
    [string]$Options = '',

    [string]$Program = "$env:ProgramFiles\EventSnap\eventsnapw.exe",

    # Restart: start it again. RestartDevice, ShutDownDevice: what they say. Nothing: a black screen.
    [ValidateSet('Restart', 'RestartDevice', 'ShutDownDevice', 'Nothing')]
    [string]$WhenItEnds = 'Restart',

    # Log the user on whenever the machine starts. The user must have no password then, or Windows
    # asks for it.
    [switch]$LogOnAtStart
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$actions = @{ Restart = 0; RestartDevice = 1; ShutDownDevice = 2; Nothing = 3 }
$feature = 'Client-EmbeddedShellLauncher'
$namespace = 'root\standardcimv2\embedded'
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'

$me = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw 'Only an administrator may do this: open PowerShell with "Run as administrator".'
}
if ($PSVersionTable.PSVersion.Major -ne 5) {
    throw 'Use Windows PowerShell 5.1 (powershell.exe): the class of Shell Launcher is not in newer ones.'
}
if (-not (Test-Path -LiteralPath $Program -PathType Leaf)) {
    throw "There is no program $Program. Install EventSnap first, or name it with -Program."
}
$state = Get-WindowsOptionalFeature -Online -FeatureName $feature -ErrorAction SilentlyContinue
if (-not $state) {
    throw 'This edition of Windows has no Shell Launcher: Enterprise, Education or IoT Enterprise does.'
}
if ($state.State -ne 'Enabled') {
    if ($PSCmdlet.ShouldProcess($feature, 'Switch on')) {
        $done = Enable-WindowsOptionalFeature -Online -FeatureName $feature -All -NoRestart
        if ($done.RestartNeeded) {
            Write-Warning 'Restart Windows, then run this script once more.'
            return
        }
    }
}

if (-not (Get-LocalUser -Name $User -ErrorAction SilentlyContinue)) {
    if ($PSCmdlet.ShouldProcess($User, 'Make a local user')) {
        New-LocalUser -Name $User -NoPassword -AccountNeverExpires -UserMayNotChangePassword `
            -Description 'EventSnap kiosk' | Out-Null
        # By its number, because the group's name is another in each language.
        Add-LocalGroupMember -SID 'S-1-5-32-545' -Member $User
    }
}

$sid = (New-Object Security.Principal.NTAccount($User)).Translate(
    [Security.Principal.SecurityIdentifier]).Value
$shell = ('"{0}" --kiosk {1} {2}' -f $Program, $EventCode, $Options).Trim()
if ($PSCmdlet.ShouldProcess($User, "Start $shell instead of the desktop")) {
    $launcher = [wmiclass]"\\.\${namespace}:WESL_UserSetting"
    # Everybody else: the desktop, and nothing when it ends.
    $launcher.SetDefaultShell('explorer.exe', $actions['Nothing']) | Out-Null
    $former = Get-CimInstance -Namespace $namespace -ClassName WESL_UserSetting |
        Where-Object { $_.Sid -eq $sid }
    if ($former) { $launcher.RemoveCustomShell($sid) | Out-Null }
    $launcher.SetCustomShell($sid, $shell, $null, $null, $actions[$WhenItEnds]) | Out-Null
    $launcher.SetEnabled($true) | Out-Null
}

if ($LogOnAtStart -and $PSCmdlet.ShouldProcess($User, 'Log on whenever the machine starts')) {
    Set-ItemProperty $winlogon -Name AutoAdminLogon -Value '1'
    Set-ItemProperty $winlogon -Name DefaultUserName -Value $User
    Set-ItemProperty $winlogon -Name DefaultDomainName -Value $env:COMPUTERNAME
}

if ($PSCmdlet.ShouldProcess('power plan', 'Keep screen and machine awake on mains')) {
    powercfg.exe /change monitor-timeout-ac 0
    powercfg.exe /change standby-timeout-ac 0
    powercfg.exe /change hibernate-timeout-ac 0
}
Write-Output "The user $User will see the kiosk of the event $EventCode at the next log-on."

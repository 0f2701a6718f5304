"""The mail domains people have: what a keyboard offers, what a typo is compared with.

Collected from providers' own pages of addresses they give out. A domain that is missing here is
still accepted; it is only neither offered nor taken for the right spelling of another.
"""

DOMAINS: dict[str, tuple[str, ...]] = {
    "en": (
        "gmail.com",
        "icloud.com",
        "outlook.com",
        "hotmail.com",
        "yahoo.com",
        "live.com",
        "aol.com",
        "proton.me",
        "me.com",
        "hotmail.co.uk",
        "yahoo.co.uk",
        "btinternet.com",
        "googlemail.com",
        "gmx.com",
    ),
    "de": (
        "gmail.com",
        "web.de",
        "gmx.de",
        "t-online.de",
        "icloud.com",
        "outlook.de",
        "hotmail.com",
        "gmx.net",
        "outlook.com",
        "yahoo.de",
        "freenet.de",
        "gmx.at",
        "gmx.ch",
        "bluewin.ch",
        "aon.at",
        "hotmail.de",
        "live.de",
        "posteo.de",
        "mailbox.org",
        "proton.me",
        "googlemail.com",
        "aol.com",
        "arcor.de",
        "me.com",
        "yahoo.com",
    ),
}
"""What is offered while typing, by language, the most used first; "en" for every other."""

_ALSO_REAL = """
gmx.com gmx.eu gmx.org gmx.info gmx.biz gmx.li gmx.fr gmx.es gmx.it gmx.us gmx.co.uk caramail.com
mail.com email.com email.de mail.de mail.ru ymail.com rocketmail.com myyahoo.com
hotmail.fr hotmail.it hotmail.es hotmail.be hotmail.nl hotmail.se hotmail.dk hotmail.no hotmail.ch
hotmail.at live.at live.ch live.fr live.it live.nl live.be live.se live.dk live.no live.ie live.ca
live.co.uk outlook.at outlook.ch outlook.fr outlook.it outlook.es outlook.be outlook.dk outlook.ie
msn.com passport.com windowslive.com yahoo.fr yahoo.it yahoo.es yahoo.at yahoo.ch yahoo.ca yahoo.ie
yahoo.com.au yahoo.com.br yahoo.co.in yahoo.co.jp mac.com aol.de aol.co.uk aim.com aim.de
protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com hey.com fastmail.com
fastmail.fm zoho.com zoho.eu posteo.net online.de vodafone.de kabelmail.de unitybox.de 1und1.de
ewe.net ewetel.net netcologne.de o2online.de o2mail.de alice.de alice-dsl.net versanet.de
magenta.de t-mobile.de telekom.de osnanet.de htp-tel.de nexgo.de onlinehome.de
a1.net chello.at inode.at kabsi.at liwest.at utanet.at drei.at hispeed.ch sunrise.ch
swissonline.ch sympatico.ca rogers.com shaw.ca bell.net telus.net bigpond.com optusnet.com.au
sky.com virginmedia.com ntlworld.com blueyonder.co.uk talktalk.net tiscali.co.uk bt.com
eircom.net comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
earthlink.net optonline.net juno.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr
libero.it virgilio.it tiscali.it alice.it tin.it ziggo.nl kpnmail.nl hetnet.nl planet.nl xs4all.nl
home.nl telenet.be skynet.be wp.pl o2.pl onet.pl interia.pl op.pl seznam.cz centrum.cz email.cz
azet.sk freemail.hu citromail.hu telia.com tele2.se online.no yandex.ru yandex.com qq.com 163.com
naver.com
"""

REAL = frozenset(_ALSO_REAL.split()).union(*DOMAINS.values())
"""Domains that are right as they are, however near they are to another one."""

OFTEN_MISSPELT = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.de",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.de",
    "icloud.com",
    "yahoo.com",
    "yahoo.de",
    "yahoo.co.uk",
    "t-online.de",
    "freenet.de",
    "arcor.de",
    "posteo.de",
    "mailbox.org",
    "bluewin.ch",
    "protonmail.com",
    "btinternet.com",
    "comcast.net",
    "verizon.net",
    "web.de",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.ch",
    "aol.com",
    "live.com",
    "live.de",
    "proton.me",
)
"""What typos are taken for; of two that are as near, the first."""

NEVER_IN_ANOTHER_COUNTRY = frozenset({"gmail", "googlemail", "icloud"})
"""Providers whose addresses all end in .com."""

ENDINGS_BY_TYPO = {
    "com": "con cmo ocm vom xom cpm comm coom ccom clm ckm cim coml com1 c0m cok cop conm",
    "de": "ed dee dde dr dw ds ded deu",
    "net": "nte ent nett nrt bet met",
    "org": "ogr rog orgg prg",
}
"""Endings that no domain has, and what was meant."""

_COUNTRIES = """
ad ae al am ar at au az ba be bg bn br by ca ch cl cn cr cy cz de dk dz ec ee eg es eu fi fo fr ge
gr hk hr hu id ie il in ir is it jm jo jp ke kr kz lb li lk lt lu lv ma mc md me mk mt mx my ng nl
no nz pe ph pk pl pt qa ro rs ru sa se sg si sk sm th tn tr tw ua uk us uy va ve vn xk za
"""

COUNTRIES = frozenset(_COUNTRIES.split())
"""Endings of countries: another one than expected is no typo."""

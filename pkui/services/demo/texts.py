"""What synthetic patients, hospitals and colleagues write.

These are data, as if typed by people in Danish, not texts of the program: they are Danish in every language of the
user and stand in no catalogue. `{...}` are filled in by whoever uses the text.
"""

from dataclasses import dataclass

from pkui.domain.codes import Party, Topic

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip

VIBORG, SILKEBORG = "Regionshospitalet Viborg", "Regionshospitalet Silkeborg"
RANDERS, HORSENS = "Regionshospitalet Randers", "Regionshospitalet Horsens"
GOEDSTRUP, AUH = "Regionshospitalet Gødstrup", "Aarhus Universitetshospital"
ALL_HOSPITALS = (VIBORG, SILKEBORG, RANDERS, HORSENS, GOEDSTRUP, AUH)


@dataclass(frozen=True)
class Course:
    """One thing patients wait for: the words of the letter, and how she says it herself ('... til {what}').

    A `common` one may make a simple case.
    """

    treatment: str
    department: str
    what: str
    trouble: tuple[str, ...]
    hospitals: tuple[str, ...] = ALL_HOSPITALS
    providers: tuple[str, ...] = ("aadalen",)
    child: bool = False
    women: bool = False
    common: bool = True


IMAGING = (
    Course("MR-scanning af lænden", "Røntgen og Skanning", "en MR-scanning af ryggen",
           ("Jeg har haft ondt i lænden med udstråling til benet siden sommer.",
            "Smerterne holder mig vågen om natten, og min læge kan ikke komme videre uden billederne.",
            "Jeg er sygemeldt på grund af ryggen."),
           providers=("aadalen", "hedehus", "aasvinget")),
    Course("MR-scanning af knæ", "Røntgen og Skanning", "en MR-scanning af knæet",
           ("Knæet låser, og jeg kan ikke gå på trapper.", "Jeg vred knæet til håndbold og kan ikke støtte på det."),
           providers=("aadalen", "hedehus")),
    Course("MR-scanning af skulder", "Røntgen og Skanning", "en MR-scanning af skulderen",
           ("Jeg kan ikke løfte armen over skulderhøjde.", "Skulderen gør ondt dag og nat, og jeg arbejder som maler."),
           providers=("aadalen", "bugten")),
    Course("CT-scanning af bihuler", "Røntgen og Skanning", "en CT-scanning af bihulerne",
           ("Jeg har haft bihulebetændelse fem gange i år.",), providers=("aadalen",)),
    Course("Ultralyd af maven", "Røntgen og Skanning", "en ultralydsundersøgelse af maven",
           ("Jeg har anfald af smerter under højre ribben.", "Lægen tror, det er galdesten."),
           providers=("aasvinget", "aadalen")),
    Course("Klinisk mammografi", "Mammaradiologi", "en undersøgelse af brystet",
           ("Jeg har mærket en knude og er meget urolig.", "Jeg har ømhed i det ene bryst og er henvist af egen læge."),
           hospitals=(AUH, VIBORG, RANDERS), providers=("aadalen",), women=True, common=False),
)  # fmt: skip

ASSESSMENT = (
    Course("Undersøgelse af hofte", "Ortopædkirurgi", "en undersøgelse af hoften",
           ("Jeg kan kun gå et par hundrede meter.", "Jeg tager smertestillende hver dag."),
           providers=("fjordblik-aarhus", "aadalen")),
    Course("Undersøgelse af knæ", "Ortopædkirurgi", "en undersøgelse af mit knæ",
           ("Knæet hæver op efter få timers arbejde.", "Jeg er tømrer og kan ikke ligge på knæ."),
           providers=("aadalen", "bugten")),
    Course("Søvnapnø, udredning", "Øre-, Næse- og Halskirurgi", "en undersøgelse for søvnapnø",
           ("Min ægtefælle siger, at jeg holder op med at trække vejret om natten.",
            "Jeg kører lastbil og er bange for at falde i søvn."), providers=("soevnlyng",)),
    Course("Rygudredning", "Reumatologi", "udredning af ryggen",
           ("Jeg har haft ondt i over et halvt år.", "Min arbejdsgiver spørger, hvornår jeg ved mere."),
           hospitals=(SILKEBORG,), providers=("rygcenter", "lyngbakken")),
    Course("Gynækologisk udredning", "Kvindesygdomme og Fødsler", "en gynækologisk undersøgelse",
           ("Jeg bløder meget og er træt hele tiden.", "Jeg har haft smerter i underlivet i flere måneder."),
           providers=("aadalen", "strandagre"), women=True),
    Course("Neurologisk udredning", "Neurologi", "en undersøgelse på neurologisk afdeling",
           ("Jeg har føleforstyrrelser i hænder og fødder.", "Jeg har hovedpine næsten hver dag."),
           hospitals=(AUH, GOEDSTRUP, VIBORG), providers=("aadalen",)),
    Course("Udredning for gigt", "Reumatologi", "en undersøgelse for gigt",
           ("Mine fingre er stive og hævede om morgenen.",), hospitals=(SILKEBORG, HORSENS, GOEDSTRUP),
           providers=("lyngbakken", "dansk-gigthospital")),
    Course("Udredning for ADHD", "AUH Psykiatrien", "udredning for ADHD",
           ("Jeg kan ikke passe min uddannelse, som det er nu.", "Min læge skønner, at det haster med en afklaring."),
           hospitals=("AUH Psykiatrien", "Psykiatrien Gødstrup"), providers=("birkelund",)),
    Course("Udredning i børne- og ungdomspsykiatrien", "Børne- og Ungdomspsykiatrisk Afdeling",
           "udredning i børne- og ungdomspsykiatrien",
           ("Skolen og PPR beskriver store vanskeligheder.", "Hverdagen hænger ikke sammen derhjemme."),
           hospitals=("AUH Psykiatrien",), providers=("birkelund",), child=True),
    Course("Udredning for astma", "Børn og Unge", "en undersøgelse for astma",
           ("Der er hoste hver nat og mange fraværsdage i skolen.",), hospitals=(AUH, VIBORG, GOEDSTRUP),
           providers=("aadalen",), child=True),
)  # fmt: skip

TREATMENT = (
    Course("Karpaltunnel", "Ortopædkirurgi", "operation i højre hånd",
           ("Fingrene sover om natten, og jeg taber ting.", "Jeg er frisør og kan ikke holde om saksen."),
           providers=("aadalen", "bugten")),
    Course("Grå stær", "Øjensygdomme", "operation for grå stær",
           ("Jeg kan ikke længere køre bil.", "Jeg kan ikke læse undertekster eller avis."),
           hospitals=(AUH, GOEDSTRUP), providers=("oejen-aabrink", "oejen-klit")),
    Course("Kunstig hofte", "Ortopædkirurgi", "en ny hofte",
           ("Jeg går med to stokke.", "Jeg sover kun et par timer ad gangen."),
           providers=("aadalen", "fjordblik")),
    Course("Kunstigt knæ", "Ortopædkirurgi", "et nyt knæ",
           ("Jeg kan ikke gå ned ad trapper.", "Jeg passer min ægtefælle og har brug for at kunne gå."),
           providers=("aadalen", "bugten")),
    Course("Åreknuder", "Karkirurgi", "operation for åreknuder",
           ("Benene hæver op og klør om aftenen.",), hospitals=(VIBORG,), providers=("mosevang",)),
    Course("Lyskebrok", "Mave- og Tarmkirurgi", "operation for lyskebrok",
           ("Det gør ondt, når jeg løfter på arbejdet.", "Brokket er blevet større siden henvisningen."),
           providers=("aadalen", "isefjord")),
    Course("Hallux valgus", "Ortopædkirurgi", "operation i foden",
           ("Jeg kan ikke gå i almindelige sko.",), hospitals=(SILKEBORG, HORSENS, RANDERS),
           providers=("bugten", "skyttehus")),
    Course("Fjernelse af mandler", "Øre-, Næse- og Halskirurgi", "at få mandlerne fjernet",
           ("Der har været halsbetændelse seks gange det seneste år.",), hospitals=(GOEDSTRUP, AUH, VIBORG),
           providers=("aadalen",), child=True),
    Course("Galdesten", "Mave- og Tarmkirurgi", "operation for galdesten",
           ("Jeg har været indlagt med anfald to gange.",), providers=("aadalen",)),
    Course("Skulderoperation", "Ortopædkirurgi", "operation i skulderen",
           ("Jeg kan ikke passe mit arbejde på lageret.", "Jeg kan ikke selv tage tøj på."),
           providers=("aadalen", "bugten")),
    Course("Fedmeoperation, BMI over 40", "Mave- og Tarmkirurgi", "en fedmeoperation",
           ("Mit BMI er 42, og jeg har diabetes.",), hospitals=(VIBORG,), providers=("strandagre",),
           common=False),
)  # fmt: skip

COURSES = {
    Topic.FASTER_IMAGING: IMAGING,
    Topic.FASTER_ASSESSMENT: ASSESSMENT,
    Topic.FASTER_TREATMENT: TREATMENT,
    Topic.OPERATION_CHANGED: TREATMENT,
    Topic.CHOOSE_HOSPITAL: (*ASSESSMENT, *TREATMENT),
    Topic.ACCEPTANCE_REQUEST: (*IMAGING, *TREATMENT),
}

WAITS = (
    "Jeg er henvist til {what} på {hospital} og har fået tid {date}.",
    "{hospital} har skrevet, at jeg tidligst kan få {what} om {weeks} uger.",
    "Ifølge brevet fra {hospital} skal jeg vente til {date} på {what}.",
    "Min læge har henvist mig til {what}. Nu siger {hospital}, at der er {weeks} ugers ventetid.",
    "Jeg venter på {what} og fik i går besked om, at det først bliver {date}.",
)
WISHES = {
    Topic.FASTER_IMAGING: (
        "Kan jeg blive scannet hurtigere et andet sted?",
        "Jeg kører gerne langt for at komme til før.",
        "Hvilke privathospitaler kan jeg vælge?",
        "Jeg vil gerne høre, om der er en kortere ventetid andre steder.",
    ),
    Topic.FASTER_ASSESSMENT: (
        "Jeg vil gerne undersøges hurtigere.",
        "Har jeg ret til at blive udredt inden 30 dage?",
        "Kan I hjælpe mig videre til et andet sted?",
        "Jeg vil gerne tale med en om, hvad jeg kan vælge.",
    ),
    Topic.FASTER_TREATMENT: (
        "Kan jeg blive opereret et andet sted før?",
        "Jeg vil gerne omvisiteres, hvis det kan gå hurtigere.",
        "Jeg har hørt om det udvidede frie sygehusvalg. Gælder det mig?",
        "Jeg kan komme med kort varsel.",
    ),
    Topic.CHOOSE_HOSPITAL: (
        "Jeg vil gerne flyttes til et hospital tættere på min datter.",
        "Jeg ønsker at vælge et andet offentligt hospital.",
        "Jeg har læst, at jeg selv kan vælge hospital. Hvordan gør jeg?",
        "Min søster var godt tilfreds med {other}, så dér vil jeg gerne hen.",
    ),
}
CHANGED = (
    "Min operation ({treatment}) på {hospital} er blevet aflyst, og den nye tid er først {date}.",
    "{hospital} ringede og flyttede min operation til {date}. Det er anden gang.",
    "Jeg skulle have haft {what} i sidste uge, men fik et brev om, at det er udskudt til {date}.",
    "Operationen blev aflyst samme morgen. Nu har jeg fået tid {date} på {hospital}.",
)
CHANGED_WISHES = (
    "Kan jeg komme til et andet sted hurtigere?",
    "Jeg har taget fri fra arbejde og vil gerne vide, hvad jeg kan gøre.",
    "Har jeg ret til et privathospital nu?",
)
ACCEPTANCES = (
    "Patienten er omvisiteret til os ({treatment}). Vi anmoder om accept af en supplerende MR-scanning.",
    "Vi anmoder om accept af operation efter forundersøgelsen ({treatment}). Journal er vedlagt.",
    "Der er fundet behov for et indgreb på modsatte side. Vi beder om accept og oplysning om takst.",
    "Anmodning om accept af yderligere kontrolbesøg efter {treatment}.",
    "Patienten har brug for bedøvelse under {treatment}, som ligger uden for aftalen. Vi beder om jeres svar.",
)
FREE_TEXTS: dict[Topic, tuple[str, ...]] = {
    Topic.MAXIMUM_WAITING_TIME: (
        "Jeg er henvist i kræftpakke og har ikke hørt noget endnu. Henvisningen er sendt {date}.",
        "Jeg har fået konstateret brystkræft og skal først opereres om {weeks} uger. Kan det passe?",
        "Min første undersøgelse i pakkeforløbet er blevet rykket. Hvem kan jeg tale med?",
        "Jeg venter på svar på en biopsi fra {hospital} og vil gerne kende mine rettigheder.",
        "Min far skal have strålebehandling, men vi har ikke fået en tid. Må I sige noget til mig?",
        "Jeg har hjertekramper og er henvist til en ballonudvidelse på {hospital}. Jeg har ikke fået en tid.",
    ),
    Topic.AUTHORITY_COMPLAINT: (
        "Jeg vil klage over behandlingen på {hospital}. Hvor skal jeg sende klagen hen?",
        "Jeg mener, at lægen overså et brud, og vil søge erstatning.",
        "Vi ønsker hjælp til en klage til Styrelsen for Patientklager om forløbet på {hospital}.",
        "Kan I hjælpe mig med skemaet til Patienterstatningen? Jeg fik en skade under operationen.",
    ),
    Topic.SERVICE_COMPLAINT: (
        "Jeg blev talt grimt til i modtagelsen på {hospital} og vil gerne klage over det.",
        "Maden og rengøringen på afdelingen var under al kritik.",
        "Jeg ventede tre timer uden at få besked om, hvorfor.",
    ),
    Topic.DISSATISFACTION: (
        "Jeg er blevet sendt frem og tilbage mellem to afdelinger og ved ikke, hvem der har ansvaret.",
        "Ingen ringer tilbage fra {hospital}, selv om jeg har lagt besked fire gange.",
        "Jeg føler mig ikke hørt og ønsker en samtale med afdelingen.",
    ),
    Topic.RIGHTS_QUESTION: (
        "Har jeg ret til at få en second opinion?",
        "Hvor længe må der gå, fra lægen henviser, til jeg skal have en tid?",
        "Hvad er forskellen på frit og udvidet frit sygehusvalg?",
        "Kan jeg skifte kontaktlæge på {hospital}?",
        "Må min bror få oplysninger om min behandling, når jeg ikke selv kan ringe?",
    ),
    Topic.CROSS_BORDER_CARE: (
        "Jeg overvejer at blive opereret i Tyskland. Kan jeg få tilskud?",
        "Jeg arbejder i Danmark, men bor i Litauen. Gælder de samme rettigheder for mig?",
        "Jeg skal til tandlæge i Polen og vil vide, hvad jeg skal gøre først.",
        "Hvordan søger jeg om en behandling i Sverige, som ikke findes her?",
    ),
    Topic.REHABILITATION: (
        "Jeg har ikke fået en genoptræningsplan efter min operation.",
        "Kommunen siger, at der er tre ugers ventetid på genoptræning.",
    ),
    Topic.HEARING_AID: (
        "Jeg er henvist til høreapparat og har fået en tid om {weeks} uger. Kan det gå hurtigere?",
        "Kan jeg vælge en privat høreklinik, og hvad koster det mig?",
        "Mit høreapparat er gået i stykker, og jeg kan ikke få en tid før {date}.",
    ),
    Topic.PATIENT_TRANSPORT: (
        "Kan jeg få betalt kørsel, hvis jeg vælger {other}?",
        "Jeg har fået afslag på kørsel til {hospital}.",
        "Hvem betaler bus og tog, når I omvisiterer mig?",
    ),
    Topic.HEALTH_RECORD: (
        "Jeg kan se i Min Log, at nogen har læst min journal i sommer. Jeg kender ikke personen.",
        "Jeg har fået brev om et opslag i min journal og forstår det ikke.",
        "Jeg mangler notater fra {hospital} i Sundhedsjournalen.",
        "Hvem har set min medicinliste den {date}?",
    ),
    Topic.RECORD_PRIVATE_MARK: (
        "Jeg ønsker at få et gammelt forløb skærmet i min journal.",
        "Jeg har fået privatmarkeret noget ved en fejl og vil gerne have det ophævet.",
        "Hvordan skjuler jeg mine oplysninger fra psykiatrien for andre afdelinger?",
    ),
    Topic.INTERPRETING: (
        "Jeg har brug for tolk ved min undersøgelse og er blevet bedt om at betale.",
        "Der var ingen tolk, da jeg mødte op på {hospital}.",
    ),
    Topic.MISCELLANEOUS: (
        "Jeg er i tvivl om, hvem jeg skal kontakte om mit forløb.",
        "Jeg har ikke modtaget det brev, som {hospital} siger, at de har sendt.",
        "Jeg vil gerne rose afdelingen på {hospital}. Kan I give det videre?",
        "Min læge er gået på pension. Hvor sender I svar hen nu?",
        "Jeg har skiftet adresse og vil sikre mig, at I har den nye.",
    ),
}
CLOSINGS = (
    "", "", "", "På forhånd tak.", "Ring gerne, så snart I kan.", "Jeg er bedst at træffe om formiddagen.",
    "Mvh", "I må gerne lægge en besked.",
)  # fmt: skip
WAITS_OF_SOMEBODY = (
    "Henvisningen gælder {what} på {hospital}, og tiden er først {date}.",
    "Vi har fået brev fra {hospital} om {what} med en tid {date}.",
    "Der er {weeks} ugers ventetid på {what}, siger {hospital}.",
)
WISHES_FOR_SOMEBODY = (
    "Kan det gå hurtigere et andet sted?",
    "Hvilke muligheder har vi?",
    "Vi kører gerne langt for at komme til før.",
    "I må gerne ringe til mig om det.",
)
FOR_SOMEBODY = {
    "mor": "Jeg skriver på vegne af mit barn.",
    "far": "Jeg skriver på vegne af mit barn.",
    "datter": "Jeg skriver for min mor, som ikke selv kan.",
    "søn": "Jeg skriver for min far, som har svært ved at tale i telefon.",
    "ægtefælle": "Jeg skriver for min ægtefælle.",
}

WAITING_TEXTS: dict[Party, tuple[str, ...]] = {
    Party.DEPARTMENT: (
        "Bedt afdelingen om henvisning og journal til omvisitering.",
        "Spurgt afdelingen, hvornår henvisningen er modtaget.",
        "Afdelingen undersøger, om tiden kan fremrykkes.",
        "Rykket afdelingen for henvisningsskemaet.",
    ),
    Party.PRIVATE_HOSPITAL: (
        "Henvisning sendt. Klinikken giver besked, når patienten har fået en tid.",
        "Klinikken vurderer henvisningen inden for to hverdage.",
    ),
    Party.PATIENT: (
        "Patienten tænker over tilbuddet og vender tilbage.",
        "Patienten finder brevet frem og oplyser datoerne.",
        "Patienten drøfter det med sin familie.",
    ),
    Party.GP: ("Bedt egen læge om en ny henvisning.", "Egen læge sender supplerende oplysninger."),
    Party.PATHWAY_COORDINATOR: ("Forløbskoordinatoren ringer, når der er en tid.",),
}
CALL_TEXTS = (
    "Vejledt om frit og udvidet frit sygehusvalg.",
    "Vejledt om ventetider og nuværende tid.",
    "Talt med patienten om mulighederne. Ønsker omvisitering.",
    "Patienten vil gerne beholde sin tid.",
    "Vejledt om rettigheder og klagemulighed.",
)
CHASING_TEXTS = ("Talt med sekretæren.", "Lagt besked i modtagelsen.", "Sendt sikker mail og ringet op.")
NOTES: tuple[str, ...] = (
    "Baggrund: {treatment}, {hospital}. Vejledt: frit og udvidet frit sygehusvalg. Aftalt: {agreed}",
    "{treatment}. Patienten oplyser ventetid til {date}. Vejledt om udredningsret og befordring. Aftalt: {agreed}",
    "Gennemgået brevet fra {hospital} sammen med patienten. Aftalt: {agreed}",
)
NOTES_ON_ACCEPTANCE = (
    "Anmodning om accept ({treatment}). Journal og takst gennemgået. Svar sendt til klinikken.",
    "Klinikkens begrundelse set igennem sammen med aftalen ({treatment}). Svar sendt.",
)
NOTES_WITHOUT_COURSE = (
    "Baggrund: se henvendelsen. Vejledt om reglerne. Aftalt: {agreed}",
    "Vejledt om rettigheder og om, hvem der kan svare på resten. Aftalt: {agreed}",
)
AGREED: tuple[str, ...] = (
    "vi omvisiterer, når henvisningen er her.",
    "patienten får besked i Digital Post.",
    "patienten ringer, hvis der ikke er svar om en uge.",
    "ingen yderligere opfølgning.",
    "vi ringer igen, når afdelingen har svaret.",
)
AGREED_WITHOUT_COURSE = (
    "patienten får besked i Digital Post.",
    "patienten skriver igen, hvis der kommer nyt.",
    "ingen yderligere opfølgning.",
)
PUT_BACK_REASONS = ("Nåede ikke mere i dag.", "Skal til møde.", "Patienten traf jeg ikke, fortsætter ikke i dag.")
REOPEN_REASONS = ("Patienten har fået en ny tid og vil se på mulighederne igen.", "Klinikken har sendt sagen retur.")
FORWARDED_TO = (
    "Kørselskontoret", "Styrelsen for Patientklager", "Patienterstatningen", "Kommunen", "Juridisk kontor",
    "Patientkontoret i bopælsregionen",
)  # fmt: skip
PROVIDERS = {
    "aadalen": "Privathospitalet Ådalen",
    "hedehus": "Hedehus Privathospital",
    "bugten": "Privathospitalet Bugten",
    "aasvinget": "Speciallægerne i Åsvinget",
    "fjordblik-aarhus": "Privathospitalet Fjordblik, Aarhus",
    "fjordblik": "Privathospitalet Fjordblik",
    "soevnlyng": "Søvnklinikken Lyngvej",
    "rygcenter": "Rygcenter Syddanmark, Middelfart",
    "lyngbakken": "Reumaklinikken Lyngbakken",
    "dansk-gigthospital": "Dansk Gigthospital",
    "strandagre": "Privathospitalet Strandagre",
    "birkelund": "Privathospitalet Birkelunden",
    "oejen-aabrink": "Øjenklinikken Åbrinken",
    "oejen-klit": "Øjenklinikken Klitrosen",
    "mosevang": "Åreklinikken Mosevang",
    "isefjord": "Kirurgisk Klinik Isefjordsvej",
    "skyttehus": "Skyttehusets Privathospital",
}
"""Providers that patients name, by the catalogue's ids."""
OTHER_HOSPITALS = (
    "Regionshospitalet Silkeborg",
    "Vejle Sygehus",
    "Odense Universitetshospital",
    "Aalborg Universitetshospital",
)
ATTACHMENTS = (
    "indkaldelsesbrev.pdf",
    "brev fra hospitalet.pdf",
    "henvisning.pdf",
    "IMG_2041.jpg",
    "journaludskrift.pdf",
)

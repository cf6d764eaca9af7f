"""Made-up people's names, and towns of Region Midtjylland with their true postcodes and municipality codes."""

WOMEN_BEFORE_1965 = (
    "Hanne", "Kirsten", "Inger", "Birthe", "Karen", "Else", "Jytte", "Lis", "Åse", "Grethe", "Bente", "Vibeke",
    "Lone", "Annelise", "Tove", "Ruth", "Ingrid", "Doris",
)  # fmt: skip
MEN_BEFORE_1965 = (
    "Einer", "Jørgen", "Børge", "Poul", "Søren", "Knud", "Svend", "Erik", "Ole", "Flemming", "Bent", "Arne", "Kaj",
    "Verner", "Niels", "Hans", "Torben", "Egon",
)  # fmt: skip
WOMEN_BEFORE_1995 = (
    "Mette", "Louise", "Camilla", "Tina", "Heidi", "Pernille", "Trine", "Maria", "Sanne", "Line", "Dorthe", "Rikke",
    "Christina", "Maja", "Stine", "Anja",
)  # fmt: skip
MEN_BEFORE_1995 = (
    "Thomas", "Henrik", "Jesper", "Brian", "Kim", "Rasmus", "Martin", "Anders", "Kasper", "Claus", "Bjørn", "Mikkel",
    "Allan", "Jacob", "Steffen", "Dennis",
)  # fmt: skip
GIRLS = ("Ida", "Emma", "Freja", "Alma", "Clara", "Laura", "Josefine", "Sofie", "Ella", "Karla", "Liva", "Mathilde")
BOYS = ("William", "Noah", "Oscar", "Lucas", "Emil", "Malthe", "Victor", "Valdemar", "Elias", "Magnus", "Storm", "Carl")

LAST_NAMES = (
    "Møller", "Kjær", "Østergaard", "Lauridsen", "Nygaard", "Holm", "Bæk", "Friis", "Dalsgaard", "Kristoffersen",
    "Søndergaard", "Lund", "Bach", "Thorsen", "Vestergaard", "Krogh", "Hedegaard", "Toft", "Munk", "Ravn", "Brandt",
    "Skov", "Bundgaard", "Overgaard", "Mikkelsen", "Jepsen", "Kusk", "Damgaard", "Høj", "Agerbo", "Lynge", "Sand",
    "Bisgaard", "Nørgaard", "Villadsen", "Eskildsen", "Fjord", "Gram", "Hessel", "Åkjær",
)  # fmt: skip

ABROAD = {
    "arabisk": (("Amina", "Layla", "Mariam"), ("Yusuf", "Omar", "Khaled"), ("Haddad", "Saleh", "Nasser")),
    "somali": (("Hodan", "Fadumo", "Ifrah"), ("Abdi", "Warsame", "Liban"), ("Farah", "Jama", "Nur")),
    "tyrkisk": (("Ayşe", "Elif", "Zeynep"), ("Mehmet", "Emre", "Kemal"), ("Demir", "Kaya", "Yıldız")),
    "ukrainsk": (("Oksana", "Iryna", "Halyna"), ("Andriy", "Taras", "Bohdan"), ("Kovalenko", "Bondar", "Melnyk")),
    "polsk": (("Agnieszka", "Ewa", "Zofia"), ("Piotr", "Marek", "Łukasz"), ("Nowak", "Wójcik", "Zając")),
    "farsi": (("Shirin", "Parisa", "Leila"), ("Reza", "Hamid", "Farid"), ("Karimi", "Rahimi", "Ahmadi")),
    "tamil": (("Priya", "Vani", "Meena"), ("Kumar", "Ravi", "Suren"), ("Selvam", "Rajan", "Nathan")),
}
"""Language of the interpreter, with women's, men's and last names."""

TOWNS = (
    ("8000", "Aarhus C", "0751"), ("8200", "Aarhus N", "0751"), ("8210", "Aarhus V", "0751"),
    ("8220", "Brabrand", "0751"), ("8240", "Risskov", "0751"), ("8260", "Viby J", "0751"),
    ("8270", "Højbjerg", "0751"), ("8340", "Malling", "0751"), ("8300", "Odder", "0727"), ("8305", "Samsø", "0741"),
    ("8362", "Hørning", "0746"), ("8660", "Skanderborg", "0746"), ("8680", "Ry", "0746"),
    ("8370", "Hadsten", "0710"), ("8382", "Hinnerup", "0710"), ("8450", "Hammel", "0710"),
    ("8400", "Ebeltoft", "0706"), ("8550", "Ryomgård", "0706"), ("8500", "Grenaa", "0707"),
    ("8600", "Silkeborg", "0740"), ("8620", "Kjellerup", "0740"), ("8700", "Horsens", "0615"),
    ("8740", "Brædstrup", "0615"), ("7130", "Juelsminde", "0766"), ("8800", "Viborg", "0791"),
    ("8850", "Bjerringbro", "0791"), ("7470", "Karup J", "0791"), ("8900", "Randers C", "0730"),
    ("8920", "Randers NV", "0730"), ("8930", "Randers NØ", "0730"), ("8960", "Randers SØ", "0730"),
    ("7400", "Herning", "0657"), ("7430", "Ikast", "0756"), ("7500", "Holstebro", "0661"), ("7600", "Struer", "0671"),
    ("7620", "Lemvig", "0665"), ("7800", "Skive", "0779"), ("6900", "Skjern", "0760"), ("6950", "Ringkøbing", "0760"),
)  # fmt: skip

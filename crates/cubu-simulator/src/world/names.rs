//! Names in four scripts and shapes. All people are invented.

/// Given and family names that go together.
pub(super) struct Names {
    pub given: &'static [&'static str],
    pub family: &'static [&'static str],
}

pub(super) const HEBREW: Names = Names {
    given: &[
        "נועה",
        "אורי",
        "תמר",
        "יונתן",
        "שירה",
        "איתי",
        "מיכל",
        "דניאל",
        "רוני",
        "עידו",
        "הדס",
        "אביגיל",
        "נדב",
        "ליאור",
        "יעל",
    ],
    family: &[
        "כהן",
        "לוי",
        "מזרחי",
        "פרץ",
        "ביטון",
        "אברהם",
        "פרידמן",
        "שפירא",
        "בן־דוד",
        "אוחיון",
        "גולדשטיין",
        "רוזנברג",
        "אלמוג",
    ],
};

pub(super) const ARABIC: Names = Names {
    given: &[
        "ليلى", "يوسف", "مريم", "خالد", "نور", "سامر", "رنا", "طارق", "هبة", "عمر", "سلمى", "كريم",
        "دينا", "فادي",
    ],
    family: &[
        "حداد",
        "خوري",
        "منصور",
        "الخطيب",
        "نصّار",
        "عبد الله",
        "شاهين",
        "زعبي",
        "درويش",
        "أبو راس",
        "سليمان",
        "عودة",
    ],
};

pub(super) const ACCENTED: Names = Names {
    given: &[
        "Zoë", "José", "Chloé", "Jürgen", "Søren", "Žofie", "Łukasz", "Ágnes", "Renée", "Björn",
        "Íñigo", "Őrs", "Amélie",
    ],
    family: &[
        "Müller-Lüdenscheidt",
        "Núñez",
        "Gonçalves",
        "Håkansson",
        "Dvořák",
        "Wiśniewska",
        "Þórsdóttir",
        "D’Angelo",
        "Çelik",
        "Nguyễn",
        "Bélanger",
        "Ó Súilleabháin",
    ],
};

pub(super) const PLAIN: Names = Names {
    given: &[
        "Robin", "Alex", "Grace", "Henry", "Olivia", "Sam", "Ruth", "Peter", "Martha", "Leo",
        "Ida", "Victor", "May",
    ],
    family: &[
        "Vale",
        "Archer",
        "Whitlock",
        "Moss",
        "Hartley",
        "Okafor",
        "Singh",
        "Park",
        "Lindqvist",
        "Brand",
        "O'Neill",
        "Ng",
    ],
};

/// Names that break a layout: long, with many parts, in both directions, or of a single letter.
pub(super) const AWKWARD: [(&str, &str); 8] = [
    (
        "Maximiliana Theodora Wilhelmina Charlotte",
        "von und zu Hohenlohe-Waldenburg-Schillingsfürst-Bartenstein",
    ),
    (
        "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
        "Hubert",
    ),
    (
        "אברהם־יצחק יעקב שמואל",
        "בן־הרוש־אלקובי רוזנצווייג־גולדשמידט",
    ),
    (
        "عبد الرحمن محمد عبد العزيز",
        "آل الشيخ الأنصاري الخزرجي المقدسي",
    ),
    ("נועה Noa", "Cohen כהן"),
    (
        "Pablo Diego José Francisco de Paula Juan Nepomuceno",
        "Ruiz y Picasso de la Santísima Trinidad",
    ),
    ("O", "Y"),
    ("Nguyễn Phúc", "Tằng Tôn Nữ Thị Hạnh Dung"),
];

//! Invented names of many scripts: about one person in seven has a letter beyond ASCII.

use super::Dice;

/// Names that go together: given names of children and grown-ups, and surnames.
pub(super) struct People {
    given: &'static [&'static str],
    family: &'static [&'static str],
}

/// Plain letters only.
const PLAIN: [People; 3] = [
    People {
        given: &[
            "Mia", "Leo", "Noah", "Ivy", "Theo", "Grace", "Daniel", "Ruby", "Oscar", "Alfie", "Poppy", "Jack", "Sarah",
            "Dan", "Beth", "Mark", "Rachel", "Adam", "Helen", "Peter", "Georgia", "Rupert", "Kate", "Kev", "Amelia",
            "Freddie", "Charlie", "Isla", "Emily", "Thomas", "Jean-Luc", "Harriet", "Nell", "Owen", "Rhys", "Sian",
        ],
        family: &[
            "Hughes",
            "Rees",
            "Bell",
            "Dunne",
            "Frost",
            "Lund",
            "Stone",
            "Hollis",
            "Marsh",
            "Whitlow",
            "Tranter",
            "Okell",
            "Penrose",
            "Quill",
            "Ridley",
            "Sadler",
            "Thorne",
            "Underhill",
            "Varley",
            "Wyatt",
            "Yardley",
            "Ashdown",
            "Birch",
            "Cobb",
            "Dray",
            "Eland",
            "Farrow",
            "Gale",
            "Hart-Lowe",
            "O'Neill",
            "O'Brien",
        ],
    },
    People {
        given: &[
            "Ayaan", "Zara", "Imran", "Farah", "Aisha", "Bilal", "Priya", "Arjun", "Meera", "Rohan", "Anika", "Dev",
        ],
        family: &["Malik", "Kaur", "Rahman", "Begum", "Nair", "Chowdhury", "Sandhu", "Iqbal", "Banerji", "Virk"],
    },
    People {
        given: &["Ama", "Kofi", "Efua", "Chidi", "Ngozi", "Tunde", "Femi", "Yaw", "Esi", "Kwame", "Zola", "Thabo"],
        family: &["Mensah", "Adeyemi", "Okoro", "Boateng", "Dlamini", "Eze", "Balogun", "Owusu", "Nkosi", "Asante"],
    },
];

/// With letters beyond ASCII in most of them; some are written in parts (NFD), as files from elsewhere have them.
const BEYOND: [People; 15] = [
    People {
        given: &["Siân", "Sia\u{302}n", "Tŵm", "Llŷr", "Angharad", "Siôn", "Ffïon", "Bronwen"],
        family: &["Llŵyd", "Prŷs", "Môn", "Hûws", "Ap-Siôn"],
    },
    People {
        given: &["Seán", "Sea\u{301}n", "Aoife", "Niamh", "Róisín", "Pádraig", "Órla", "Cillian"],
        family: &["O\u{2019}Neill", "O\u{2019}Dálaigh", "Ó Briain", "Ní Mháille", "MacGiolla Ghunna"],
    },
    People {
        given: &["Łukasz", "Aleksander", "Małgorzata", "Zofia", "Bartłomiej", "Piotr", "Jadwiga", "Żaneta"],
        family: &["Nowak", "Wiśniewska", "Zając", "Wójcik", "Dąbrowski", "Ślązak", "Łęcka"],
    },
    People {
        given: &["Nguyệt", "Thị Hồng", "Lan", "Tuấn", "Hoa", "Bảo", "Đức", "Ngoc\u{323} A\u{301}nh"],
        family: &["Nguyễn", "Trần", "Phạm", "Đặng", "Huỳnh", "Nguye\u{302}\u{303}n"],
    },
    People {
        given: &["小明", "芳", "伟", "静", "丽华", "子轩", "雨桐"], family: &["王", "李", "张", "陈", "歐陽"]
    },
    People {
        given: &["さくら", "陽翔", "結衣", "ケンジ", "蓮"], family: &["佐藤", "鈴木", "髙橋", "渡邊"]
    },
    People { given: &["지우", "서연", "민준", "하은"], family: &["김", "이", "박", "최"] },
    People {
        given: &["ليلى", "محمد", "فاطمة", "يوسف", "نور", "عمر"], family: &["الحسن", "خوري", "بن علي", "الزهراء"]
    },
    People { given: &["שרה", "דוד", "רחל", "יעקב"], family: &["כהן", "לוי", "בן־דוד"] },
    People {
        given: &["Олена", "Дмитро", "Іван", "Наталія", "Юрій"],
        family: &["Шевченко", "Коваленко", "Ґудзь", "Їжак"],
    },
    People {
        given: &["कमल", "प्रिया", "अर्जुन", "मीरा", "क्षितिज"], family: &["शर्मा", "वर्मा", "त्रिपाठी"]
    },
    People {
        given: &["রাহুল", "মৌসুমী", "তৃষা"], family: &["চৌধুরী", "দাস", "মুখার্জি"]
    },
    People {
        given: &["கவிதா", "முருகன்", "செல்வி"], family: &["இராமன்", "பிள்ளை"]
    },
    People {
        given: &["İpek", "Çağla", "Ömer", "Gülşen", "Işıl", "Mehmet"],
        family: &["Yıldız", "Öztürk", "Şahin", "Çelik"],
    },
    People {
        given: &["José", "Zoë", "Renée", "Søren", "Jürgen", "Ana\u{ef}s", "François"],
        family: &["Muñoz", "Ångström", "Groß", "Sørensen", "Brontë", "Garci\u{301}a"],
    },
];

/// Whose names a family has.
pub(super) fn people(dice: &mut Dice) -> &'static People {
    if dice.percent(13) { dice.pick(&BEYOND) } else { dice.pick(&PLAIN) }
}

impl People {
    pub(super) fn given(&self, dice: &mut Dice) -> &'static str {
        dice.pick::<&str>(self.given)
    }

    pub(super) fn family(&self, dice: &mut Dice) -> &'static str {
        dice.pick::<&str>(self.family)
    }
}

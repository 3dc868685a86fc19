import pytest

from loaders.sources.organisation_names import fold, kind_of


@pytest.mark.parametrize(
    "spellings",
    [
        ("BOE TECHNOLOGY GROUP CO., LTD.", "BOE-Technology Group Co.. Ltd", "BOE Technology Group"),
        ("Lenovo (Beijing) Limited", "LENOVO (BEIJING) CO., LTD."),
        ("China Petroleum & Chemical Corp.", "China Petroleum and Chemical Corporation"),
        ("State Grid Corporation of China (SGCC)", "STATE GRID CORPORATION OF CHINA"),
        ("UNIV. OF COLORADO AT DENVER", "University of Colorado, Denver"),
        ("The Regents of the University of Minnesota", "University of Minnesota"),
        ("Société Générale S.A.", "SOCIETE GENERALE"),
        ("北京奔驰汽车有限公司", "北京奔驰汽车股份有限公司", "北京奔驰汽车"),
        ("Telefonaktiebolaget L M Ericsson (Publ).", "TELEFONAKTIEBOLAGET LM ERICSSON"),
        ("Tsinghua Univeristy", "TSINGHUA UNIVERSITY"),
        (
            "State Grid Jiangsu Co., Ltd. Research Institute",
            "State Grid Jiangsu Research Institute",
        ),
    ],
)
def test_spellings_of_one_organisation_fold_to_one_form(spellings: tuple[str, ...]) -> None:
    assert len({fold(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China University of Petroleum (Beijing)", "China University of Petroleum (East China)"),
        ("University of Washington", "Washington University"),
        ("BOE Technology Group Co., Ltd.", "Beijing BOE Display Technology Co., Ltd."),
        ("首钢集团有限公司", "首钢京唐公司"),
    ],
)
def test_different_organisations_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", ["Co., Ltd.", "公司", "The", "...", ""])
def test_names_of_nothing_but_legal_form_still_fold(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "given", "kind"),
    [
        ("ZHEJIANG GEELY AUTOMOBILE RESEARCH INSTITUTE CO., LTD", "", "ResearchInstitute"),
        ("The Hong Kong Univ. of Science and Technology", "company", "ResearchInstitute"),
        ("Purdue Research Foundation", "", "ResearchInstitute"),
        ("Samsung Life Public Welfare Organization", "research", "ResearchInstitute"),
        ("首钢技术研究院", "", "ResearchInstitute"),
        ("Peking University Founder Group Co., Ltd.", "", "Enterprise"),
        ("Lam Research Corporation", "", "Enterprise"),
        ("Alcatel Lucent", "other", "Enterprise"),
        ("Republic of Korea", "", None),
    ],
)
def test_the_kind_follows_the_words_then_the_source(name: str, given: str, kind: str) -> None:
    assert kind_of(name, given) == kind

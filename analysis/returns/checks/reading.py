"""The rules that reading itself holds to, for the register of rules: id, what it finds, what is allowed."""

from analysis.returns.checks.rule import Rule, add

ERRORS = """
register_status | a status isn't one of the register's | received, late, nil, missing, narrative_only
register_section | a section isn't one of the partnership's | the sections of partnership.toml
register_dataset | a dataset has no contract | the datasets of the dictionary
register_period_basis | a period basis isn't known | the bases of the dictionary
register_date | a date of the register is none | yyyy-mm-dd or dd/mm/yyyy
register_value | a value of the register can't be what it is said to be | what the contract D00 says
register_break | a break in a series has no day, or a day and isn't said to be one | yes, and its day
register_period | a return's period contradicts itself | dates that agree with the basis
status_without_file | a return that came has no file | a file in returns/
file_without_status | a return that didn't come has a file | received or late
file_name | a file's name holds a folder | a name alone
file_absent | a file of the register isn't there | a file in returns/
unregistered_file | a file is in no line of the register | a line for each file
repeated_return | a return's id stands twice | once
year_folder | a folder with a register isn't called as a year | a name like 2023-24
same_fact_twice | one figure was returned with two values | one value for one figure
unreadable_file | a file can't be opened | a file that can be read
empty_file | a file is empty | a file with a row
empty_return | nothing stands beneath the headings | a row; or status nil in the register, without a file
cut_file | a text file ends in the middle of a row | the file exported again, whole
too_large | a file, or what it unpacks to, is too large | up to 1 GB
wrong_kind | a file is no table and no statutory return | CSV, .xlsx, .xls, .ods, or XML of a statutory return
damaged_file | a workbook is damaged | a whole file
protected_file | a workbook is protected by a password | a file without one
unknown_encoding | a text file is in an unknown encoding | UTF-8 or Windows-1252
broken_quotes | quotation marks of a text file are out of order | quotation marks in pairs
broken_xml | a file is no sound XML | sound XML
document_type | an XML file declares a document type | none
no_census | an XML file is no children in need census | a census
no_return | an XML file is no looked-after return | an SSDA903 return
no_table | no table of the datasets is in a file | a table of the dataset
table_twice | a table came on two sheets | one sheet a table
missing_list | an Annex A workbook lacks a list | lists 1 to 11
header | the header of a census is wrong | collection CIN, 31 March of its year
columns | a file's columns aren't those of its form | the columns of the form
cells | a row has more or fewer cells than the header | as many as the header
definition | a definition can't be read | as documented
unknown_column | a column isn't one of the table's | the columns of the contract
missing_column | a column that is needed is missing | every column that is needed
duplicate_column | a heading stands twice | once
ragged_row | a row has more cells than the header | as many as the header
unknown_element | an XML element isn't in the layout | the elements of the layout
misplaced_element | an XML element stands in another group | its own group
repeated_element | an XML element stands twice | once
stray_text | text stands outside any XML element | none
more_rows | more rows of a column have a problem than are told | each row mended
wrong_type | a value isn't of its column's type | a value of the type
impossible_date | a date is before 1900 or after 2100 | 1900 to 2100
out_of_range | a number, an age among them, is outside its column's range | the range of the contract
unknown_code | a code isn't in its list | the codes of the contract
missing_value | a value that is needed is missing | a value in every row
duplicate_key | a key stands twice | once
month_first | days of a column stand with the month first, or were turned round | dd/mm/yyyy
mangled_identifier | a spreadsheet has turned a key into a number | the key as text
real_identifier | a key looks like a person's own name or number | a pseudonym
error_value | a cell holds an error of the spreadsheet | a value
formula_without_value | a formula was never worked out | a value
unknown_name | a name of a figure isn't in the dictionary | the names of the dictionary
number | a figure, numerator or denominator can't be what it claims | a number, or a symbol
period | a figure's period contradicts itself | dates that agree with the basis
"""
QUESTIONS = """
hidden_rows | rows, columns or a sheet are out of sight, and are read all the same | only what counts
struck_out | rows are struck through, and are read all the same | only rows that count
one_or_all | a percentage is 1, which may mean all | 1% with its sign, or 100
unknown_agency | a return is of an agency that the partnership doesn't list | an agency of partnership.toml
not_listed | an area, a team or the like isn't on the partnership's list | a name of partnership.toml
sheet_not_read | a sheet looks like a table and is none of the dataset's | tables of the dataset, or counts
key_in_two_cases | a key is written in capitals and in small letters | one spelling for one thing
"""
NOTED = """
not_filled_in | figures that a template asks for have no number | a number, or a symbol
not_a_record | a note, a total or a row of descriptions stands among records, and isn't read | records alone
not_rounded | a published value isn't rounded as published values are | a multiple of 5
"""
for rules, severity in ((ERRORS, "error"), (QUESTIONS, "warning"), (NOTED, "warning")):
    for id, what, allowed in (line.split(" | ") for line in rules.strip().splitlines()):
        add(Rule(id, what, severity, allowed, noted=rules is NOTED))

"""`kairos fix certify`: a broker by script that tests a FIX client and says what it did right and wrong.

`cases` reads the scripts, `broker` is the line with its faults, `book` the broker's idea of an order, `conduct` the
rules that hold in every case, `steps` what each line of a script does, `suite` the order of the cases, `report` tells.
"""

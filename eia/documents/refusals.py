"""What we say of a file that we do not read; alone here, so that the limited child need import no more."""

TOO_BIG = "The file must be smaller than 10 MB"
TOO_MUCH = "There is too much in this file to read it. Keep only what is needed, and choose it again"
TOO_LONG = "This file takes too long to read. Save it again as a simpler file, and choose that"
DAMAGED = "This file is damaged, or is not what it says it is. Save it again, and choose the new file"

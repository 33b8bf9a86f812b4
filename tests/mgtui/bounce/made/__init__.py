"""Reports made of what is true, in the hand of many servers, wrapped and damaged as mail is on its way.

A truth is what happened; a writer puts it down; wrappers and damage change the writing. An answer has to be right
where the information is still there, and must never be wrong where it isn't.
"""

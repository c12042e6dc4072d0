"""What single files say of themselves, and what is made of them: text, thumbnails, posters, films for every phone.

Nothing here knows packs, ZIM files or `pack.yml`. Every file is taken for hostile: what is read of it is bounded in
bytes and time, and a file that is not what its name says, is damaged or is locked raises BadInput with one sentence.
What a file merely lacks (a PDF without text, a film without sound) is empty, and a note says so where its maker
can do something about it.
"""

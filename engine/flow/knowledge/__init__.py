"""What a flow knows: files of questions and answers, read into passages, and what is wrong with them."""

"""Members' part in nights: planning, answers, slots, nominations, ballots, ratings, looking back."""

"""Taking part in nights: answers, nominations, ballots, times that suit, and looking back."""

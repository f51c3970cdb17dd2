"""Grammar of free text that the features share: titles, ratings, dates, times, options, forms."""

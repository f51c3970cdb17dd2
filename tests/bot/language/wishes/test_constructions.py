"""Sentences that people build a wish of: what they tell beside it, what they deny, whom they name how."""

import pytest

from tests.bot.language.wishes.headings import check_heading
from tests.support import Room, items, text

HEADINGS = [
    ("my mum loves thrillers but she's seen all the british ones", "Thrillers, not British"),
    ("he has seen every french one, a comedy", "Comedies, not French"),
    ("a love story that's more funny than sad", "Funny love stories, less sad"),
    ("something more scary than gory", "Scary films, less gory"),
    ("i want to be scared of artificial intelligence", "Scary films about artificial intelligence"),
    ("from before the internet, a thriller", "Thrillers from before the internet"),
    ("a documentary about cats but not CATS", "Documentaries with cats"),
    ("we are four girls, prosecco, something romantic", "Love stories for girls' night"),
    ("my 75 year old landlady and my kids, a comedy", "Comedies for the kids"),
    ("my boyfriend falls asleep during anything slow, a thriller", "Thrillers, not slow"),
    ("grandad has dementia, a warm film", "Feel-good films about dementia"),
    ("westerns from the fifties, my grandpa liked them", "Westerns from the 1950s"),
    ("a double feature with robots", "Two films about robots"),
    ("three comedies and a drama", "Four comedies or dramas"),
    ("nordic drama or comedy", "Nordic dramas or comedies"),
    ("i meant a musical", "Musicals"),
    ("loved parasite so much", "If you liked Parasite"),
    ("liked interstellar alot", "If you liked Interstellar"),
    ("french film but not a old one", "French films from the last 35 years"),
    ("thrillers less like anything with guns", "Thrillers, no guns"),
    ("korean film, not squid game style violence", "Korean films, not in the manner of Squid Game, no violence"),
    ("like stranger things but funny", "Funny films in the manner of Stranger Things"),
    ("like jane austen", "Films based on Jane Austen"),
    ("nothing with nudity, a comedy", "Comedies, not nudity"),
    ("i have exactly two hours, a comedy", "Comedies under 120 min"),
    ("dumped", "Films about a break-up"),
    ("something everyone loves", "Films that everyone loves"),
    ("a thriller that isn't slow", "Exciting thrillers"),
    ("a Bergman that won't leave me bleak for a week", "Films by Ingmar Bergman, not bleak"),
    ("comedy that won't make me cry", "Comedies, not sad"),
    ("thriller that isn't gory and doesn't scare me", "Thrillers, not gory, not scary"),
    ("i don't watch horror, something spooky", "Spooky films, no horror films"),
    ("comedy instead of horror", "Comedies, no horror films"),
    ("Kubrick, only not the scary one", "Films by Stanley Kubrick, not scary"),
    ("tarantino, but not the long ones", "Films by Quentin Tarantino, not long"),
    ("What else did Kieslowski make besides the Three Colours?", "Films by Krzysztof Kieślowski, not Three Colours: Blue"),
    ("frances mcdormand without the coens", "Films with Frances McDormand, not by Ethan Coen or Joel Coen"),
    ("sci fi in less than a hundred minutes", "Science fiction under 100 min"),
    ("westerns under one hundred and ten minutes", "Westerns under 110 min"),
    ("whatever came out the year i was born, nineteen eighty-seven", "Films from 1987"),
    ("musicals from two thousand and one", "Musicals from 2001"),
    ("black and white noir from the fourties", "Films noirs in black and white from the 1940s"),
    ("the scariest thing u got", "Scary films"),
    ("the saddest, goriest film", "Sad and gory films"),
    ("inspring teacher movie", "Films about inspiring teachers"),
    ("a film set in latin america", "Latin American films about making films"),
    ("i am eleven hours in the airplane so long epic movies only", "Long epics"),
    ("i'm on a 12 hour flight, something epic", "Epics"),
    ("thriller on a train", "Thrillers on a train"),
    ("my wife loves costume dramas", "Period films"),
    ("my boyfriend is really into samurai films, where do i start", "Samurai films"),
    ("about dictatorship in latin america, my grandfather lived this", "Latin American films about a dictatorship"),
    ("sorry for my english, i want funny film", "Funny films"),
    ("we're 14, no gore pls", "Films for teenagers, no gore"),
    ("whatever charlie kaufman wrote", "Films written by Charlie Kaufman"),
    ("films Clint Eastwood directed, not just starred in", "Films by Clint Eastwood"),
    ("what did greta gerwig direct", "Films by Greta Gerwig"),
    ("films that orson welles starred in", "Films with Orson Welles"),
    ("Tarkovsky, Béla Tarr, Weerasethakul. That register.", "Films by Andrei Tarkovsky, Béla Tarr or Apichatpong Weerasethakul"),
    ("kurosawa ozu mizoguchi", "Films by Akira Kurosawa, Yasujirō Ozu or Kenji Mizoguchi"),
    ("de niro AND pacino in the same film", "Films with Robert De Niro with Al Pacino"),
    ("pulp fiction kind of thing, not by tarantino", "If you liked Pulp Fiction, not by Quentin Tarantino"),
    ("notting hill-esque but french", "If you liked Notting Hill: French films"),
    ("gothic vibes", "Gothic films"),
    ("scary but like fun scary", "Scary fun horror films"),
    ("the girl does the rescuing for once", "Films with a heroine"),
    ("like john wick but with a woman", "If you liked John Wick: films with a heroine"),
    ("kings, queens", "Films about royalty"),
    ("giant monsters stomping cities", "Giant-monster films"),
    ("jurnalists digging up something big", "Films about journalists who dig"),
    ("in the 1800s, wanting more than a husband", "Films set in the 19th century about women who want more"),
    ("a war film about the women and children at home", "War films about women and children in wartime"),
    ("a comedy where everyone already knows the lines", "Comedies that people quote"),
    ("thriller, i fall asleep after two hours", "Thrillers under 120 min"),
    ("something with fargo energy", "If you liked Fargo"),
    ("a thriller that doesn't take itself seriously", "Fun thrillers"),
    ("movie that won't give me nightmares", "For you, not scary"),
    ("my roommate is obsessed with nicolas cage", "Films with Nicolas Cage"),
    ("is there a movie abuot the sea? like really about the sea, and no pirates", "Films of the sea, no pirate films"),
    ("good flim in teh space but withuot aliens", "Films set in space, not about aliens"),
    ("horor film wihtout gore", "Horror films, no gore"),
    ("a comedy insted of a drama", "Comedies, no dramas"),
    ("mindf*ck movies pls, more confusing the better", "Mind-bending films"),
    ("the weirder the better", "Weird films"),
    ("trashy, worse=better", "Trashy films"),
    ("no more superhero movies please, a comedy", "Comedies, no superhero films"),
    ("less violence. something korean", "Korean films, less violence"),
    ("scifi, last ten yrs or so", "Science fiction from the last 10 years"),
    ("got exactly 1.5 hrs before my train. thriller?", "Thrillers under 90 min"),
    ("2 hours until the babysitter leaves, something funny", "Funny films under 120 min"),
    ("horror, doesnt have to be korean", "Horror films"),
    ("hi its marta again sorry for the spam, something from spain", "Films from Spain"),
    ("hi i'm bored, a western", "Feel-good westerns"),
    ("hitchcock 50s 60s", "Films by Alfred Hitchcock from the 1950s or the 1960s"),
    ("hello, tom here, any good westerns?", "Westerns"),
    ("my little sis got into med school, something with doctors in it", "Films about doctors"),
    ("my brother just got out of prison, something hopeful", "Hopeful films"),
    ("dad is in hospital, want something comforting", "Feel-good films"),
    ("my sister got me into anime", "Anime"),
    ("nephew (6) is obsessed w dinos", "Films for the kids with dinosaurs"),
    ("kid is sick (5 yrs), smth calm", "Quiet films for small children"),
    ("enough with the superheroes already, a good drama", "Dramas, no superhero films"),
    ("coal, pits, strikes, that sorta thing?", "Films about miners or strikes"),
    ("trains, spies, snow etc", "Films on a train, spy films or with snow"),
    ("date no 3, a comedy", "Comedies for date night"),
    ("no explosions. no guns. just ppl talking, ok?", "Films full of talk, no big action films, no guns"),
    ("what did ppl even watch b4 there was sound??", "Silent films"),
    ("the same day happens over n over, or clocks go weird", "Films with a time loop or about time travel"),
    ("an indian film without the songs", "Indian films, no songs"),
    ("road trip with a parent", "Road movies with a parent"),
    ("robots with feelings", "Films about robots with feelings"),
    ("women getting back at men", "Films about a woman's revenge"),
    ("something to fall asleep to (thats a compliment)", "Films to fall asleep to"),
    ("we're a couple with very different taste, a comedy", "Comedies"),
    ("i like very much almodovar, more like this", "Films by Pedro Almodóvar"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "heading"), HEADINGS)
async def test_the_heading_says_the_wish(typed: str, heading: str, room: Room) -> None:
    await check_heading(typed, heading, room)


@pytest.mark.parametrize(
    "typed",
    [
        "seen all of nolan what next",
        "I've watched everything by Nolan. What comes closest?",
        "something like nolan but not by him",
        "in the style of nolan but not nolan",
        "films like nolan by someone else",
    ],
)
async def test_films_like_somebodys_are_by_others(typed: str, room: Room) -> None:
    reply = await room.say("ana", f"/recommend {typed}")
    assert text(reply).startswith("If you liked Oppenheimer, ")
    assert ", not by Christopher Nolan" in text(reply).split("\n")[0]
    assert len(items(reply)) == 5


async def test_an_example_comes_first_and_others_follow(room: Room) -> None:
    reply = await room.say(
        "ana", "/recommend the old british comedies, alec guinness, that sort of thing"
    )
    told = [each.title for each in items(reply)]
    assert {"The Ladykillers", "Kind Hearts and Coronets"} == set(told[:2])
    assert len(told) == 5

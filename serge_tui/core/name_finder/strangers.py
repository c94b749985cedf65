"""Names of other people of the time, who have no page here.

A typed *Vorovsky* is not a slip for Voronsky. Readers of these years know such names, so a query that is one of them,
in any romanisation, is never accepted as a figure whose name is only near. A figure's own name wins over this list, so
somebody on it may be given a page. Surnames only: a wrong given name shows itself.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from db.names import readings
from db.text import fold

if TYPE_CHECKING:
    from serge_tui.core.name_finder.words import Word

_NAMES: Final = """
Abakumov Abramovich Adorno Aksakov Alexeyev Andreyev Annensky Aptekman Aragon Arendt Aristotle Arshinov Artaud
Ascaso Avksentiev Axelrod Azaña Azef Babeuf Bach Bagritsky Bakh Bakhtin Bakunin Balakirev Balfour Balmont Balzac
Barrès Bartók Bataille Baudelaire Bazarov Bebel Beckett Beethoven Belinsky Benes Berdyaev Bergson Beria Berlioz
Bernanos Bismarck Blanc Blanqui Bloch Blücher Bogdanov Bohr Bolívar Bonch-Bruevich Borodin Brahms Braque Brecht
Breshkovskaya Brezhnev Briand Broué Brusilov Bryusov Bubnov Budyonny Bulgakov Bulganin Bunin Buñuel Byron Caballero
Calvin Camus Canetti Carr Castro Catherine Cervantes Chagall Chamberlain Chapayev Chaplin Chateaubriand Chekhov
Chernyshevsky Chkheidze Chopin Chubar Churchill Clausewitz Clemenceau Cocteau Cohen Companys Conrad Cromwell Curie
Céline Césaire Cézanne Daladier Dalí Dante Danton Darlan Darwin Debs Debussy Defoe Deutscher Diaghilev Dickens
Diderot Djilas Dollfuss Dostoevsky Dreyfus Dubček Duchamp Duclos Dumas Durkheim Dutov Dybenko Ebert Eichmann Eikhe
Eisenhower Eisenstein Eliot Engels Erasmus Fadeyev Fanon Faulkner Feuerbach Fichte Flaubert Fourier Franco Freud
Frunze Furmanov Galsworthy Gamarnik Gandhi Gapon Garibaldi Gauguin Gaulle Gershuni Giolitti Gladkov Glinka Godwin
Goebbels Goering Goethe Gogol Goncharov Gottwald Goya Grave Grigoriev Grosz Guchkov Guderian Guesde Guevara
Habermas Hamsun Haydn Hegel Heidegger Heine Hemingway Herriot Herzen Hess Hesse Himmler Hindenburg Hitler Hobbes
Homer Honecker Horkheimer Horthy Hoxha Hugo Hume Husserl Ibsen Ibárruri Inber Jakobson Jaspers Joliot Jouhaux Joyce
Jung Kaganovich Kahlo Kandinsky Kant Kapp Karakhan Katayev Kautsky Keynes Khlebnikov Khrennikov Khrushchev
Kierkegaard Koestler Kokoschka Konovalov Korchagin Korsch Kosior Kosygin Krasin Krasnov Krupp Krylenko Krylov
Kubrick Kuibyshev Kuprin Kutuzov Kádár Károlyi Lacan Lafargue Lagardelle Landauer Larin Lassalle Laval Lavrov
Lawrence Leibniz Lermontov Leskov Levine Leviné Lewis Liber Liebknecht Liszt Locke Lomonosov Lorca Ludendorff Lunin
Luther Lvov Lysenko Líster MacMahon Macaulay Machado Machiavelli Magritte Mahler Makarov Malatesta Malato Malenkov
Malevich Mallarmé Malthus Manet Mann Mannerheim Mao Marat Marcuse Marinetti Marty Marx Masaryk Matisse Matteotti
Mauriac Maurras Mazzini Mehring Melville Mendeleev Merezhkovsky Merrheim Michelet Mikhailovsky Mikoyan Miliukov
Mill Millerand Milton Miró Molière Monet Montaigne Montesquieu Montseny Mozart Munch Musil Mussolini Mussorgsky
Mühsam Nabokov Nagy Napoleon Nechaev Negrín Nehru Nekrasov Nemirovich Newton Nietzsche Nijinsky Nobel Nogin Noske
Ogarev Olesha Oppenheimer Ortega Ossinsky Ostrovsky Owen Paine Palme Pankhurst Pannekoek Parvus Pascin Pasionaria
Pasteur Paustovsky Pavlov Pelloutier Perón Petlyura Petrov Piaget Picasso Pilsudski Pirandello Pissarro Plato
Plekhanov Podvoisky Poe Poincaré Pokrovsky Ponomarev Popper Postyshev Potemkin Potresov Pouget Pound Prieto
Prokofiev Prokopovich Proudhon Proust Prévert Pugachev Purishkevich Pushkin Pétain Queneau Rabelais Rachmaninov
Radishchev Rasputin Rathenau Ravachol Ravel Razin Reclus Remarque Renan Renaudel Repin Rilke Rimbaud Rimsky Rivera
Robespierre Rocker Rodchenko Rodin Rodzianko Roland Romanov Rommel Roosevelt Rosenberg Roth Rousseau Rousset
Rozanov Rudzutak Russell Ryabushinsky Sade Sakharov Saltykov Samoilov Samsonov Sartre Saussure Savonarola Schiller
Schlageter Schlick Schoenberg Schopenhauer Schubert Schumann Schuschnigg Semashko Semyonov Shakespeare Shalamov
Shaw Shcherbakov Shelley Shevchenko Shklovsky Sholokhov Shostakovich Shulgin Signac Silone Simenon Sinclair
Skobelev Skoropadsky Skrypnik Slansky Smith Snowden Socrates Sokolov Solovyov Solzhenitsyn Sorel Soutine Spartacus
Spencer Spengler Spinoza Stakhanov Stamboliyski Stanislavsky Steinbeck Steklov Stendhal Sternberg Stirner Stolypin
Strachey Stravinsky Stresemann Strindberg Struve Sturmthal Sukhomlinov Suslov Suvorov Sverdlov Szamuely Talleyrand
Tatlin Taylor Tchaikovsky Thiers Thorez Timoshenko Tito Tkachev Togliatti Toller Trepov Tretyakov Truman
Tsiolkovsky Tsvetaeva Tsyurupa Turgenev Turner Tynyanov Tyszka Tzara Uborevich Ulbricht Ulrich Unamuno Ungern
Vaillant Valéry Vatutin Vavilov Verdi Verhaeren Verlaine Vermeer Vernadsky Verne Vertov Vinci Vinogradov
Vinogradsky Vlasov Volkonsky Voltaire Voroshilov Vorovsky Vuyovich Wagner Warski Weber Weill Wells Weydemeyer
Weygand Whitman Wilde Wilson Witte Wittgenstein Woolf Yakir Yakovlev Yaroslavsky Yeats Yevtushenko Yurovsky
Zamenhof Zaslavsky Zasulich Zenzinov Zhdanov Zhelezniakov Zhukov Zhukovsky Zola Zoshchenko Zubatov Zweig Éluard
"""


@cache
def stranger_readings() -> frozenset[str]:
    """Return the possible readings of the names, as written in English: *Bloch* with the ch of loch or church."""
    names = _NAMES.replace("-", " ").split()
    return frozenset(read for name in names for read, cost in readings(fold(name)) if not cost)


def is_stranger(word: Word) -> bool:
    """Return whether a typed word is a name on this list, in any plausible romanisation."""
    names = stranger_readings()
    return len(word.folded) > 2 and any(cost < 2 and read in names for read, cost in readings(word.marked))

// Commands to begin from. Each is tried in tests/blackbox/dashboard_sources.test.mjs.
import type { CommandInput } from '../api/schema'
import type { Locale } from '../i18n'

export interface Template {
  id: string
  emoji: string
  title: Record<Locale, string>
  text: Record<Locale, string>
  command: (language: Locale) => CommandInput
}

type Say = (english: string, german: string) => string
type Body = (say: Say) => CommandInput

function template(id: string, emoji: string, title: [string, string], text: [string, string], body: Body): Template {
  const say = (language: Locale): Say => (english, german) => (language === 'de' ? german : english)
  return {
    id,
    emoji,
    title: { en: title[0], de: title[1] },
    text: { en: text[0], de: text[1] },
    command: (language) => body(say(language)),
  }
}

const button = (custom_id: string, label: string, style: 1 | 2 | 3 | 4 = 2) => ({ type: 2 as const, style, label, custom_id })
const row = (...components: ReturnType<typeof button>[]) => ({ type: 1 as const, components })
const blurple = 0x5865f2
const green = 0x3ba55d
const yellow = 0xfaa61a

/** Puts the person who pressed on the list of the field that the button names, and off all others. */
const oneListEach = `const embed = interaction.message.embeds[0].toJSON()
const me = '<@' + interaction.user.id + '>'
embed.fields = embed.fields.map((field, index) => {
  const people = field.value.split('\\n').filter((line) => line.startsWith('<@') && line !== me)
  if (String(index) === interaction.customId) people.push(me)
  const name = field.name.replace(/ \\(\\d+\\)$/, '') + ' (' + people.length + ')'
  return { ...field, name, value: people.join('\\n') || '–' }
})
await interaction.update({ embeds: [embed] })`

export const templates: Template[] = [
  template('rules', '📜', ['Rules', 'Regeln'], ['The rules of your server, with a button to accept them.', 'Die Regeln deines Servers, mit einem Knopf zum Zustimmen.'], (say) => ({
    trigger: say('rules', 'regeln'),
    response: {
      embeds: [{
        title: say('Rules of this server', 'Regeln dieses Servers'),
        color: blurple,
        description: say(
          '**1.** Be kind. No insults, no harassment.\n**2.** No spam and no advertising.\n**3.** Use the channel that fits.\n**4.** What the team says, counts.',
          '**1.** Sei freundlich. Keine Beleidigungen.\n**2.** Kein Spam und keine Werbung.\n**3.** Nutze den passenden Kanal.\n**4.** Was das Team sagt, gilt.',
        ),
        footer: { text: say('Thank you for reading.', 'Danke fürs Lesen.') },
      }],
      components: [row(button('accept', say('I have read them', 'Ich habe sie gelesen'), 3))],
    },
    interaction: say(
      "await interaction.reply({ content: 'Thank you, ' + interaction.member.displayName + '!', ephemeral: true })",
      "await interaction.reply({ content: 'Danke, ' + interaction.member.displayName + '!', ephemeral: true })",
    ),
  })),

  template('welcome', '👋', ['Welcome', 'Willkommen'], ['Greets somebody by name and shows the way.', 'Begrüßt jemanden und zeigt den Weg.'], (say) => ({
    trigger: say('welcome', 'willkommen'),
    response: {
      content: say('Welcome, ${1}!', 'Willkommen, ${1}!'),
      embeds: [{
        title: say('Good that you are here', 'Schön, dass du da bist'),
        color: green,
        description: say('Read the rules, say hello, and make yourself at home.', 'Lies die Regeln, sag Hallo und fühl dich wie zu Hause.'),
        thumbnail: { url: '${user.avatar}' },
        footer: { text: say('Greetings from ${user.name}', 'Grüße von ${user.name}') },
      }],
    },
    interaction: null,
  })),

  template('poll', '📊', ['Poll', 'Umfrage'], ['Yes, no or undecided: one vote for each person, names shown.', 'Ja, nein, unentschieden: eine Stimme pro Person, mit Namen.'], (say) => ({
    trigger: say('poll', 'umfrage'),
    response: {
      embeds: [{
        title: '${1}',
        color: blurple,
        fields: [
          { name: say('Yes', 'Ja'), value: '–', inline: true },
          { name: say('No', 'Nein'), value: '–', inline: true },
          { name: say('Undecided', 'Unentschieden'), value: '–', inline: true },
        ],
        footer: { text: say('Asked by ${user.name}', 'Gefragt von ${user.name}') },
      }],
      components: [row(button('0', say('Yes', 'Ja'), 3), button('1', say('No', 'Nein'), 4), button('2', say('Undecided', 'Unentschieden')))],
    },
    interaction: oneListEach,
  })),

  template('event', '📅', ['Event with sign-up', 'Termin mit Anmeldung'], ['Who comes, who may come, who does not.', 'Wer kommt, wer vielleicht und wer nicht.'], (say) => ({
    trigger: say('event', 'termin'),
    response: {
      embeds: [{
        title: say('Game night', 'Spieleabend'),
        color: green,
        description: say('Friday, 20:00, in the voice channel.', 'Freitag, 20 Uhr, im Sprachkanal.'),
        fields: [
          { name: say('I come', 'Dabei'), value: '–', inline: true },
          { name: say('Perhaps', 'Vielleicht'), value: '–', inline: true },
          { name: say('Cannot', 'Keine Zeit'), value: '–', inline: true },
        ],
      }],
      components: [row(button('0', say('I come', 'Dabei'), 3), button('1', say('Perhaps', 'Vielleicht')), button('2', say('Cannot', 'Keine Zeit'), 4))],
    },
    interaction: oneListEach,
  })),

  template('giveaway', '🎁', ['Giveaway', 'Verlosung'], ['People enter by a button; whoever called it draws the winner.', 'Teilnahme per Knopf; wer sie gestartet hat, zieht die Gewinnerin.'], (say) => ({
    trigger: say('giveaway', 'verlosung'),
    response: {
      embeds: [{
        title: say('Giveaway: ${1}', 'Verlosung: ${1}'),
        color: yellow,
        description: say('Press the button to take part.', 'Drück auf den Knopf, um teilzunehmen.'),
        fields: [{ name: say('Taking part', 'Dabei'), value: '–' }],
        footer: { text: say('Started by ${user.name}', 'Gestartet von ${user.name}') },
      }],
      components: [row(button('enter', say('Take part', 'Teilnehmen'), 1), { ...button('draw', say('Draw', 'Auslosen')), onlyCaller: true } as ReturnType<typeof button>)],
    },
    interaction: `const embed = interaction.message.embeds[0].toJSON()
const people = embed.fields[0].value.split(' ').filter((word) => word.startsWith('<@'))
const me = '<@' + interaction.user.id + '>'
if (interaction.customId === 'enter' && people.length >= 40 && !people.includes(me)) {
  await interaction.reply({ content: '${say('The list is full.', 'Die Liste ist voll.')}', ephemeral: true })
} else if (interaction.customId === 'enter') {
  if (!people.includes(me)) people.push(me)
  embed.fields[0].value = people.join(' ')
  await interaction.update({ embeds: [embed] })
} else if (people.length === 0) {
  await interaction.reply({ content: '${say('Nobody has entered yet.', 'Noch nimmt niemand teil.')}', ephemeral: true })
} else {
  const winner = people[Math.floor(Math.random() * people.length)]
  embed.description = '🎉 ' + winner
  await interaction.update({ embeds: [embed], components: [] })
}`,
  })),

  template('faq', '❓', ['Questions and answers', 'Häufige Fragen'], ['A menu of questions; only the one who asks sees the answer.', 'Ein Menü mit Fragen; die Antwort sieht nur, wer fragt.'], (say) => ({
    trigger: 'faq',
    response: {
      embeds: [{ title: say('What do you want to know?', 'Was möchtest du wissen?'), color: blurple }],
      components: [{
        type: 1,
        components: [{
          type: 3,
          custom_id: 'question',
          placeholder: say('Choose a question', 'Wähle eine Frage'),
          options: [
            { value: 'roles', label: say('How do I get a role?', 'Wie bekomme ich eine Rolle?') },
            { value: 'help', label: say('Whom do I ask for help?', 'Wen frage ich um Hilfe?') },
            { value: 'invite', label: say('May I invite friends?', 'Darf ich Freunde einladen?') },
          ],
        }],
      }],
    },
    interaction: `const answers = {
  roles: '${say('Ask somebody of the team.', 'Frag jemanden aus dem Team.')}',
  help: '${say('Write in the help channel.', 'Schreib in den Hilfe-Kanal.')}',
  invite: '${say('Of course, the more the merrier.', 'Klar, je mehr, desto besser.')}',
}
await interaction.reply({ content: answers[interaction.values[0]], ephemeral: true })`,
  })),

  template('ticket', '🎫', ['Ask for help', 'Hilfe anfragen'], ['A request that somebody of the team takes and closes.', 'Eine Anfrage, die jemand aus dem Team übernimmt und schließt.'], (say) => ({
    trigger: say('ticket', 'hilfe'),
    response: {
      embeds: [{
        title: say('Request for help', 'Bitte um Hilfe'),
        color: yellow,
        description: '${1}',
        fields: [{ name: say('State', 'Stand'), value: say('Open', 'Offen') }],
        author: { name: '${user.name}', icon_url: '${user.avatar}' },
      }],
      components: [row(button('take', say('I take it', 'Ich übernehme'), 1), button('close', say('Done', 'Erledigt'), 3))],
    },
    interaction: `const embed = interaction.message.embeds[0].toJSON()
if (!interaction.member.permissions.has('ManageMessages')) {
  await interaction.reply({ content: '${say('Only the team can do that.', 'Das kann nur das Team.')}', ephemeral: true })
} else if (interaction.customId === 'take') {
  embed.fields[0].value = '${say('Taken by ', 'Übernommen von ')}<@' + interaction.user.id + '>'
  await interaction.update({ embeds: [embed] })
} else {
  embed.color = ${green}
  embed.fields[0].value = '${say('Done by ', 'Erledigt von ')}<@' + interaction.user.id + '>'
  await interaction.update({ embeds: [embed], components: [] })
}`,
  })),

  template('teams', '⚔️', ['Two teams', 'Zwei Teams'], ['People choose a side, or are shuffled.', 'Alle wählen eine Seite oder werden gemischt.'], (say) => ({
    trigger: 'teams',
    response: {
      embeds: [{
        title: say('Which side?', 'Welche Seite?'),
        color: blurple,
        fields: [{ name: say('Red', 'Rot'), value: '–', inline: true }, { name: say('Blue', 'Blau'), value: '–', inline: true }],
      }],
      components: [row(button('0', say('Red', 'Rot'), 4), button('1', say('Blue', 'Blau'), 1), button('shuffle', say('Shuffle', 'Mischen')))],
    },
    interaction: `if (interaction.customId === 'shuffle') {
  const embed = interaction.message.embeds[0].toJSON()
  const people = embed.fields.flatMap((field) => field.value.split('\\n')).filter((line) => line.startsWith('<@'))
  for (let at = people.length - 1; at > 0; --at) {
    const other = Math.floor(Math.random() * (at + 1))
    ;[people[at], people[other]] = [people[other], people[at]]
  }
  const half = Math.ceil(people.length / 2)
  embed.fields[0].value = people.slice(0, half).join('\\n') || '–'
  embed.fields[1].value = people.slice(half).join('\\n') || '–'
  await interaction.update({ embeds: [embed] })
} else {
${oneListEach.replace(/^/gm, '  ')}
}`,
  })),

  template('dice', '🎲', ['Dice', 'Würfel'], ['Rolls two dice; press to roll again.', 'Wirft zwei Würfel; noch einmal per Knopf.'], (say) => ({
    trigger: say('dice', 'wuerfel'),
    response: {
      content: say('🎲 Press to roll.', '🎲 Zum Würfeln drücken.'),
      components: [row(button('roll', say('Roll', 'Würfeln'), 1))],
    },
    interaction: `const roll = () => 1 + Math.floor(Math.random() * 6)
const [a, b] = [roll(), roll()]
await interaction.update('🎲 ' + interaction.member.displayName + ': ' + a + ' + ' + b + ' = **' + (a + b) + '**')`,
  })),

  template('quiz', '🧠', ['Quiz question', 'Quizfrage'], ['Four answers; each person learns privately whether it was right.', 'Vier Antworten; jede Person erfährt für sich, ob sie richtig lag.'], (say) => ({
    trigger: 'quiz',
    response: {
      embeds: [{ title: say('Which planet is the largest?', 'Welcher Planet ist der größte?'), color: yellow }],
      components: [row(button('mars', 'Mars'), button('jupiter', 'Jupiter'), button('venus', 'Venus'), button('saturn', 'Saturn'))],
    },
    interaction: `const right = interaction.customId === 'jupiter'
await interaction.reply({ content: right ? '${say('✅ Right!', '✅ Richtig!')}' : '${say('❌ Not quite.', '❌ Leider nicht.')}', ephemeral: true })`,
  })),

  template('guide', '🗺️', ['Guide in pages', 'Anleitung in Seiten'], ['A text in several pages, to turn with buttons.', 'Ein Text auf mehreren Seiten, zum Blättern.'], (say) => ({
    trigger: say('guide', 'anleitung'),
    response: {
      embeds: [{ title: say('First steps', 'Erste Schritte'), description: say('Press *Next* to begin.', 'Drück *Weiter*, um zu beginnen.'), color: blurple, footer: { text: '0 / 3' } }],
      components: [row(button('back', say('Back', 'Zurück')), button('next', say('Next', 'Weiter'), 1))],
    },
    interaction: `const pages = [
  '${say('**Look around.** The channels are on the left.', '**Sieh dich um.** Links sind die Kanäle.')}',
  '${say('**Say hello.** People are friendly here.', '**Sag Hallo.** Hier sind alle freundlich.')}',
  '${say('**Ask.** There are no stupid questions.', '**Frag.** Es gibt keine dummen Fragen.')}',
]
const embed = interaction.message.embeds[0].toJSON()
const now = parseInt(embed.footer.text, 10)
const page = Math.min(pages.length, Math.max(1, now + (interaction.customId === 'next' ? 1 : -1)))
embed.description = pages[page - 1]
embed.footer.text = page + ' / ' + pages.length
await interaction.update({ embeds: [embed] })`,
  })),

  template('links', '🔗', ['Links', 'Links'], ['Your website and social media as buttons.', 'Deine Webseite und soziale Medien als Knöpfe.'], (say) => ({
    trigger: 'links',
    response: {
      content: say('Where to find us:', 'Hier findest du uns:'),
      components: [{
        type: 1,
        components: [
          { type: 2, style: 5, label: say('Website', 'Webseite'), url: 'https://example.org/' },
          { type: 2, style: 5, label: 'YouTube', url: 'https://www.youtube.com/' },
        ],
      }],
    },
    interaction: null,
  })),

  template('profile', '🪪', ['Who am I?', 'Wer bin ich?'], ['Shows somebody what the server knows about them.', 'Zeigt, was der Server über jemanden weiß.'], (say) => ({
    trigger: say('me', 'ich'),
    response: {
      content: say('Want to see your card?', 'Möchtest du deine Karte sehen?'),
      components: [row(button('show', say('Show it to me', 'Zeig sie mir'), 1))],
    },
    interaction: `const { member, user } = interaction
await interaction.reply({
  embeds: [{
    title: member.displayName,
    color: ${blurple},
    thumbnail: { url: user.displayAvatarURL({ size: 256 }) },
    fields: [
      { name: '${say('Account', 'Konto')}', value: user.username, inline: true },
      { name: '${say('Roles', 'Rollen')}', value: String(member.roles.cache.size), inline: true },
    ],
  }],
  ephemeral: true,
})`,
  })),

  template('counter', '🔢', ['Counter', 'Zähler'], ['Counts something together, up and down.', 'Zählt gemeinsam, hinauf und hinunter.'], (say) => ({
    trigger: say('counter', 'zaehler'),
    response: {
      embeds: [{ title: say('Days without an accident', 'Tage ohne Unfall'), description: '# 0', color: green }],
      components: [row(button('up', '+1', 3), button('down', '−1'), button('zero', say('Back to 0', 'Auf 0'), 4))],
    },
    interaction: `const embed = interaction.message.embeds[0].toJSON()
const now = parseInt(embed.description.slice(2), 10) || 0
const step = { up: 1, down: -1, zero: -now }[interaction.customId]
embed.description = '# ' + (now + step)
await interaction.update({ embeds: [embed] })`,
  })),

  template('feedback', '⭐', ['Rating', 'Bewertung'], ['One to five stars with the average shown.', 'Ein bis fünf Sterne, mit Durchschnitt.'], (say) => ({
    trigger: say('rate', 'bewerten'),
    response: {
      embeds: [{ title: '${1}', description: say('How was it?', 'Wie war es?'), color: yellow, footer: { text: '0 · 0' } }],
      components: [row(button('1', '★'), button('2', '★★'), button('3', '★★★'), button('4', '★★★★'), button('5', '★★★★★'))],
    },
    interaction: `const embed = interaction.message.embeds[0].toJSON()
let [sum, count] = embed.footer.text.split(' · ').map(Number)
sum += Number(interaction.customId)
count += 1
embed.description = '⭐ **' + (sum / count).toFixed(1) + '** (' + count + ')'
embed.footer.text = sum + ' · ' + count
await interaction.update({ embeds: [embed] })`,
  })),
]

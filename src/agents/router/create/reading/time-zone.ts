/** What people call zones that no city of the database names. */
const called: readonly (readonly [RegExp, string])[] = [
	[/\bkst\b|\bkorean? (?:standard )?time\b|한국 ?(?:표준)? ?시간|한국 ?시각|서울 ?(?:시간|시각|기준)/i, 'Asia/Seoul'],
	[/\bjst\b|\bjapan(?:ese)? (?:standard )?time\b|일본 ?(?:시간|시각)|도쿄 ?(?:시간|시각|기준)/i, 'Asia/Tokyo'],
	[/\butc\b|\bgmt\b|세계 ?표준시|협정 ?세계시/i, 'Etc/UTC'],
	[/\b(?:us )?pacific time\b|\bp[sd]t\b/i, 'America/Los_Angeles'],
	[/\b(?:us )?eastern time\b|\be[sd]t\b|뉴욕 ?(?:시간|시각|기준)/i, 'America/New_York'],
	[/\b(?:us )?central time\b/i, 'America/Chicago'],
	[/\bcest?\b|\bcentral european time\b|베를린 ?(?:시간|시각|기준)/i, 'Europe/Berlin'],
	[/\b(?:china|chinese) time\b|중국 ?(?:시간|시각)/i, 'Asia/Shanghai'],
	[/\b(?:india|indian) (?:standard )?time\b|\bist\b|인도 ?(?:시간|시각)/i, 'Asia/Kolkata'],
	[/\b(?:british|uk) time\b|\bbst\b|런던 ?(?:시간|시각|기준)|영국 ?(?:시간|시각)/i, 'Europe/London'],
];

const cityTime = /\b([a-z]+(?:[ _][a-z]+)?) (?:local )?time(?:zone)?\b/gi;

/** `new york` → `America/New_York`, by the names of the time zone database. */
function zoneOfCity(words: string): string | undefined {
	const wanted = words.toLowerCase().replaceAll(' ', '_');
	const last = wanted.split('_').at(-1);
	const zones = Intl.supportedValuesOf('timeZone');
	const cityOf = (zone: string) => zone.split('/').at(-1)?.toLowerCase();
	return zones.find(zone => cityOf(zone) === wanted) ?? zones.find(zone => cityOf(zone) === last);
}

/** The time zone that a text names: `Asia/Seoul`, `KST`, `Berlin time`, `한국 시간`. */
export function timeZoneIn(text: string): string | undefined {
	const written = /\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[A-Za-z_+\-/0-9]+/.exec(text)?.[0];
	if (written !== undefined) return written;
	const known = called.find(([words]) => words.test(text))?.[1];
	if (known !== undefined) return known;
	return [...text.matchAll(cityTime)].map(([, words = '']) => zoneOfCity(words)).find(zone => zone !== undefined);
}

/** Consonants of a syllable as they stand at its beginning, in the order of Unicode; sounds that Korean does not part are one. */
const initials = ['k', 'k', 'n', 't', 't', 'l', 'm', 'p', 'p', 's', 's', '', 'j', 'j', 'j', 'k', 't', 'p', 'h'];
/** At its end: none, ㄱ ㄲ ㄳ ㄴ ㄵ ㄶ ㄷ ㄹ … ㅎ. */
const finals = [
	...['', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'l', 'l', 'l', 'l', 'l', 'l', 'l', 'l'],
	...['m', 'p', 'p', 't', 't', 'n', 't', 't', 'k', 't', 'p', ''],
];

const once = (consonants: string) => consonants.replace(/(.)\1+/g, '$1');

function consonantsOf(hangul: string): string {
	const sounds = [...hangul].map(syllable => {
		const code = syllable.charCodeAt(0) - 0xac00;
		return `${initials[Math.floor(code / 588)] ?? ''}${finals[code % 28] ?? ''}`;
	});
	return once(sounds.join(''));
}

/** How an English word is heard in Korean: longer spellings first, what is done in capitals. An r that no vowel follows is not heard. */
const spellings: readonly (readonly [spelling: RegExp, sound: string])[] = [
	[/[^a-z]/g, ''],
	[/tion/g, 'SN'],
	[/ck/g, 'K'],
	[/(?<=[aiou])re(?=[^aeiouy]|$)|r(?=[^aeiouy]|$)/g, ''],
	[/t?ch|dg|[td]s$|g(?=[eiy])|[jz]/g, 'J'],
	[/sh|c(?=[eiy])|s/g, 'S'],
	[/x/g, 'KS'],
	[/th|[dt]/g, 'T'],
	[/ph|[bfpv]/g, 'P'],
	[/n(?:g(?![a-z]))?/g, 'N'],
	[/qu?|[cgk]/g, 'K'],
	[/[lr]/g, 'L'],
	[/m/g, 'M'],
	[/^h/g, 'H'],
	[/[a-z]/g, ''],
];

const heard = (english: string) =>
	once(spellings.reduce((text, [spelling, sound]) => text.replace(spelling, sound), english).toLowerCase());

/** A last syllable of ㅓ with nothing behind, as `-er` is heard. */
const endsOpen = /[거너더러머버서어저처커터퍼허]$/;

/** Whether a Korean word is an English one as it is heard: `페이먼츠` and `payments`. Words of few sounds are like too many others. */
export function soundsLike(hangul: string, english: string): boolean {
	const sounds = consonantsOf(hangul);
	return sounds.length > 2 && sounds === heard(english) && endsOpen.test(hangul) === /[eo]r$/.test(english);
}

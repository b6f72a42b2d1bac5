import {isImage} from '../../words/values.ts';
import {isNameWord} from '../reading/naming.ts';
import {wishOf} from '../reading/wish.ts';

/** All that a text says of one container of a pod. `main`: the one that the workload is made for. */
export type Section = {
	readonly role: 'main' | 'beside' | 'before';
	readonly name: string | undefined;
	readonly image: string;
	readonly text: string;
};

type Place = {readonly image: string; readonly from: number; readonly to: number};

const imageLike = /(?<![\w./:@=-])[a-z0-9][\w.-]*(?::\d+(?=\/))?(?:\/[\w.-]+)*(?::[\w][\w.-]*)?(?:@sha256:[a-f0-9]{64})?/gi;

/** Quotes that hold more than one word are commands or values. */
const masked = (text: string) => text.replaceAll(/`[^`]*\s[^`]*`|"[^"]*\s[^"]*"|'[^']*\s[^']*'/g, inner => ' '.repeat(inner.length));

function imagesIn(text: string): readonly Place[] {
	return [...masked(text).matchAll(imageLike)].flatMap(({0: word, index}) => {
		const image = word.replace(/[.:]+$/, '');
		return isImage({raw: image}) ? [{image, from: index, to: index + image.length}] : [];
	});
}

const initial = String.raw`init(?:ial|iali[sz]ation|iali[sz]er)?[- ]?containers?|\binit\b|초기화 ?컨테이너|이닛 ?컨테이너|init ?컨테이너|초기 ?컨테이너`;
const helping = `side-?cars?(?:[- ]containers?)?|사이드카(?: ?컨테이너)?|보조 ?컨테이너|(?:second|another|extra|helper|additional|log|other|further) containers?|(?:두 ?번째|다른|추가) ?컨테이너`;
const plain = `(?:main |app |first |application )?containers?|(?:메인 |앱 |주 |첫 ?번째 )?컨테이너`;
const anchors = new RegExp(String.raw`(?<before>\b${initial})|(?<beside>\b${helping}|${helping})|(?<plain>\b${plain}|${plain})`, 'gi');

const roleOf = ({groups}: RegExpExecArray): 'before' | 'beside' | 'plain' =>
	groups?.before !== undefined ? 'before' : groups?.beside !== undefined ? 'beside' : 'plain';

/** Where the remark that a place stands in begins: behind punctuation, or behind a word that joins. */
function remarkStart(text: string, from: number, at: number): number {
	const before = text.slice(from, at);
	const joints = [
		...before.matchAll(
			/[,;.(\n]\s+|[(\n]|\b(?:and|plus|with|beside|alongside|next to|then)\s+|(?<=[가-힣])(?:고|며|와|과|랑)[,\s]\s*|그리고\s+|\s\+\s|\s\/\s/gi,
		),
	];
	const last = joints.at(-1);
	return last === undefined ? from : from + last.index + last[0].length;
}

/** What tells a container in front of its image, or behind it up to the next one. */
function introOf(
	text: string,
	{from, to}: Place,
	after: number,
	next: number,
): {readonly role: 'before' | 'beside' | 'plain' | undefined; readonly start: number} {
	const ahead = [...text.slice(after, from).matchAll(anchors)].at(-1);
	if (ahead !== undefined) return {role: roleOf(ahead), start: remarkStart(text, after, after + ahead.index)};
	const rest = /^[^,;.\n]*/.exec(text.slice(to, next))?.[0] ?? '';
	const behind = [...rest.matchAll(anchors)][0];
	return {role: behind === undefined ? undefined : roleOf(behind), start: remarkStart(text, after, from)};
}

const noName =
	/^(?:main|first|second|init|sidecar|sidecars|container|containers|image|another|other|extra|additional|one|two|beside|goes|going|runs|running|first|before|after|same|next|to|alongside|컨테이너|native)$/i;

/** The name that a text gives to the container of an image, by the places where names stand. */
function nameOf(text: string, image: string, hasOwn: boolean): string | undefined {
	const wish = wishOf(text, 'en');
	const at = wish.words.findIndex(({raw}) => raw === image);
	const word = (index: number) => wish.words[index]?.raw ?? '';
	const isName = (index: number) => index >= 0 && index !== at && isNameWord(wish, index) && !noName.test(word(index));
	const stated = wish.words.findIndex(
		({raw}, index) =>
			/^(?:named|called|name|이름은|이름이|이름)$/i.test(word(index - 1)) &&
			(isName(index) || (/^[a-z][a-z0-9-]*$/.test(raw) && !noName.test(raw) && !/^(?:is|it|the|a|an|from|with|on|by)$/.test(raw))),
	);
	if (stated >= 0) return word(stated);
	const anchor = wish.words.findIndex(
		({raw, quoted}) =>
			!quoted &&
			/^(?:init|initcontainers?|init-containers?|sidecars?|side-cars?|containers?|컨테이너[가-힣]*|사이드카[가-힣]*|이닛[가-힣]*|초기화[가-힣]*)$/i.test(
				raw,
			),
	);
	if (anchor >= 0) {
		const last = /^(?:containers?|컨테이너[가-힣]*)$/i.test(word(anchor + 1)) ? anchor + 1 : anchor;
		// Even a word of the language is a name where the image follows it: `container front from …`.
		const isFollowed = /^(?:from|with|running|using|image)$/i.test(word(last + 2)) || last + 2 === at;
		if (
			isFollowed &&
			/^[a-z][a-z0-9-]{2,}$/.test(word(last + 1)) &&
			!noName.test(word(last + 1)) &&
			!/^(?:from|with|and|for|the|that|which|named|called|using)$/.test(word(last + 1))
		)
			return word(last + 1);
		if (isName(last + 1) && wish.words[last]?.stop !== '.') return word(last + 1);
		if (isName(anchor - 1) && wish.words[anchor - 1]?.stop === undefined) return word(anchor - 1);
	}
	return hasOwn && isName(at - 1) && wish.words[at - 1]?.stop !== '.' && wish.words[at - 1]?.stop !== ';' ? word(at - 1) : undefined;
}

/** `web (nginx:1.29)` */
function nameBefore(text: string): string | undefined {
	const name = /(?<![\w./-])([a-z][a-z0-9-]*) ?\((?:image:? )?["'`]?$/.exec(text)?.[1];
	return name === undefined || noName.test(name) || /^(?:pod|deployment|statefulset|daemonset|job|cronjob)s?$/.test(name)
		? undefined
		: name;
}

/** Sentences behind the words of a container that speak of another one, or of none. */
function withRemarks(sections: readonly Section[]): readonly Section[] {
	const texts = sections.map(() => [] as string[]);
	const main = Math.max(
		0,
		sections.findIndex(({role}) => role === 'main'),
	);
	for (const [at, {text}] of sections.entries()) {
		let owner = at;
		for (const [index, part] of text.split(/(?<=[;\n]|\.)(?=\s)/).entries()) {
			if (index > 0) owner = ownerOf(part, sections, owner, main);
			texts[owner]?.push(part);
		}
	}
	return sections.map((section, at) => ({...section, text: (texts[at] ?? []).join(' ')}));
}

function ownerOf(part: string, sections: readonly Section[], current: number, main: number): number {
	const named = sections.findIndex(
		({name, role}) =>
			name !== undefined &&
			(role !== 'main' || /container|컨테이너/i.test(part)) &&
			new RegExp(`(?<![\\w./-])${name}(?![\\w./-])`).test(part),
	);
	if (named >= 0) return named;
	const role = /\bside-?car|사이드카/i.test(part)
		? 'beside'
		: /\binit\b|\binit[- ]?container|초기화|이닛/i.test(part)
			? 'before'
			: undefined;
	if (role !== undefined)
		return Math.max(
			0,
			sections.findIndex(section => section.role === role),
		);
	if (/\b(?:main|app) container|메인 ?컨테이너/i.test(part)) return main;
	return /^\s*(?:it|its|that one|this one|그것|그건|얘는)\b/i.test(part) ? current : main;
}

/** `two containers`: each image is one of them, with no word for it. */
const countsContainers = /\b(?:two|three|four|2|3|4) containers\b|컨테이너(?:는|가|를)? ?(?:두|세|네|2|3|4) ?개|(?:두|세) ?컨테이너/i;

/** The containers that a text tells of, each with its part of the text. Undefined where it tells of one, or of none. */
export function sectionsOf(text: string): readonly Section[] | undefined {
	const images = imagesIn(text);
	if (images.length < 2) return undefined;
	const intros = images.map((place, at) =>
		introOf(text, place, at === 0 ? 0 : (images[at - 1]?.to ?? 0), images[at + 1]?.from ?? text.length),
	);
	const isTold = intros.some(({role}) => role !== undefined) || countsContainers.test(text);
	if (!isTold) return undefined;
	const mainAt = Math.max(
		0,
		intros.findIndex(({role}) => role === 'plain' || role === undefined),
	);
	const sections = images.map(({image}, at): Section => {
		const {role, start} = intros[at] ?? {role: undefined, start: 0};
		const from = at === 0 ? 0 : start;
		const part = text.slice(from, intros[at + 1]?.start ?? text.length);
		const own = text.slice(start, intros[at + 1]?.start ?? text.length);
		const isMain = at === mainAt;
		return {
			role: isMain ? 'main' : role === 'before' ? 'before' : 'beside',
			name:
				isMain && role === undefined && !countsContainers.test(text)
					? undefined
					: (nameBefore(text.slice(0, images[at]?.from)) ?? nameOf(own, image, !isMain || role === 'plain' || countsContainers.test(text))),
			image,
			text: part,
		};
	});
	return withRemarks(sections);
}

/** The text without the names and images of all containers but the main one: none of them is called as the workload is. */
export function withoutContainers(text: string, sections: readonly Section[]): string {
	return sections.reduce((rest, {role, name, image}) => {
		const plainRest = role === 'main' ? rest : rest.replace(image, ' ');
		return name === undefined
			? plainRest
			: plainRest
					.replace(
						new RegExp(String.raw`(\b${initial}|${helping}|${plain})(\s*(?:named|called|:)?\s*["'\`]?)${name}(?![\w-])`, 'i'),
						'$1$2',
					)
					.replace(new RegExp(String.raw`(?<![\w./-])${name}(?=["'\`]?\s*(?:${initial}|${helping}|${plain}))`, 'i'), '');
	}, text);
}

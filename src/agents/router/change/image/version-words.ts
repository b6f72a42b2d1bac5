import type {Clause, Word} from '../../clause.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {imagesIn, versionsIn} from '../../words/values.ts';
import type {Version} from './new-image.ts';

const tagForm = /^[\w][\w.-]{0,127}$/;

/** The word behind `tag` is one, whatever it looks like. */
function namedTag(words: readonly Word[]): string | undefined {
	for (const [at, word] of words.entries()) {
		const next = words[at + 1];
		const value = next !== undefined && (isWord(next, 'to') || isWord(next, 'be') || next.text === '=') ? words[at + 2] : next;
		if (!isWord(word, 'tag') && !isWord(word, 'version') && !isWord(word, '태그') && !isWord(word, '버전')) continue;
		if (
			value !== undefined &&
			tagForm.test(value.raw) &&
			(/\d/.test(value.raw) || value.quoted || /^(latest|stable|edge|main)$/.test(value.text))
		)
			return value.raw;
	}
	const to = words.findLastIndex(word => isWord(word, 'to'));
	const last = words.some(word => isWord(word, 'tag')) ? words[to + 1]?.raw : undefined;
	return last !== undefined && to !== -1 && tagForm.test(last) ? last : undefined;
}

const afterTo = (words: readonly Word[], found: readonly {readonly at: number}[]) => found.find(({at}) => isWord(words[at - 1], 'to'));

/** The version that a clause wants: the one behind "to", else the last one, because "from" comes first. */
export function versionIn(clause: Pick<Clause, 'words'>): Version | undefined {
	const {words} = clause;
	const images = imagesIn(clause).filter(({at}) => !words[at]?.raw.includes('='));
	const image = images.find(({at}) => at === afterTo(words, images)?.at) ?? images.at(-1);
	if (image !== undefined) return {image: image.image};
	const versions = versionsIn(clause);
	const version = versions.find(({at}) => at === afterTo(words, versions)?.at) ?? versions.at(-1);
	const tag = version?.version ?? namedTag(words) ?? words.find(({raw}) => /^:[\w][\w.-]*$/.test(raw))?.raw.slice(1);
	return tag === undefined ? undefined : {tag};
}

/** Whether a clause wants a version without naming one. */
export const wantsNewest = (clause: Pick<Clause, 'words'>) =>
	spoken(clause, 'newest latest recent 최신 new_version new_image new_release newer');

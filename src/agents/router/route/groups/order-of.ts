import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import {kindWord} from '../../names/kind-words.ts';
import {languageOf} from '../../words/language.ts';
import type {Group} from './group.ts';

/** The sentence of a group for one of it. */
export const orderOf = (sentence: string, group: Group, member: KubeObject): string =>
	withName(sentence, group, nameOf(member, languageOf(sentence)));

export function nameOf(member: KubeObject, language: 'en' | 'ko'): string {
	const {kind, namespace, name} = refOf(member);
	const word = kindWord(kind, language);
	if (language === 'ko') return `${namespace === undefined ? '' : `${namespace} 네임스페이스의 `}${name} ${word}`;
	return `${word} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

/** The sentence with a name in the place of the group. */
export function withName(sentence: string, group: Group, name: string): string {
	const text = (languageOf(sentence) === 'ko' ? inKorean : inEnglish)(
		sentence.slice(group.begin ?? 0, group.from),
		name,
		sentence.slice(group.to),
		group,
	);
	return /[.!?;]\s*$/.test(text) ? text : `${text}.`;
}

const inKorean = (before: string, name: string, behind: string, {particle = ''}: Group) => `${before}${name}${particle}${behind}`;

/** What points back at the group stands for it: `whatever crashes, restart it`. */
const pointing = /^\s*[:,;-]+\s*(?<order>[^.]*?)\b(?:(?:all|each|both) of\s+)?(?:them|those|these|it)\b(?<rest>.*)$/is;

const singular: {readonly [verb: string]: string} = {
	get: 'gets',
	go: 'goes',
	need: 'needs',
	become: 'becomes',
	have: 'has',
	are: 'is',
	move: 'moves',
	want: 'wants',
	receive: 'receives',
};

function inEnglish(before: string, name: string, behind: string): string {
	const pointed = pointing.exec(behind)?.groups;
	if (pointed !== undefined) return `${before}${pointed.order}${name}${pointed.rest}`;
	const rest = behind
		.replace(/^\s+(?:all|each|both)(?=\s)/i, '')
		.replace(/^\s+(\w+)\b/, (said, verb: string) => (singular[verb] === undefined ? said : ` ${singular[verb]}`));
	return `${before}${name}${rest}`;
}

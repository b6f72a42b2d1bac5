import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {Understanding} from '../understanding.ts';
import {kindName, kindWord} from './kind-words.ts';

type Question = Extract<Understanding, {kind: 'question'}>;

/** `Deployment storefront/catalog`, in words: `catalog in storefront`. */
export function objectWords({kind, metadata: {name, namespace}}: KubeObject, language: 'en' | 'ko', withKind = true): string {
	if (language === 'ko')
		return `${namespace === undefined ? '' : `${namespace} 네임스페이스의 `}${name}${withKind ? ` ${kindName(kind, 'ko')}` : ''}`;
	return `${withKind ? `${kindName(kind, 'en')} ` : ''}${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

/** At most this many choices are offered; the question says how many there are. */
const most = 8;

/**
 * Asks which of several objects is meant. Each choice is the request again, with the object said clearly.
 * @param spoken the word of the request that names them
 */
export function whichOne(clause: Clause, objects: readonly KubeObject[], spoken: string): Question {
	const list = objects.slice(0, most).map(object => objectWords(object, clause.language));
	const more =
		objects.length > most ? (clause.language === 'ko' ? ` 외 ${objects.length - most}개` : ` and ${objects.length - most} more`) : '';
	return {
		kind: 'question',
		text:
			clause.language === 'ko'
				? `어느 것을 말씀하시나요? ${spoken}에 해당하는 것이 여러 개 있습니다: ${list.join(', ')}${more}`
				: `Which one is meant? Several fit ${spoken}: ${list.join(', ')}${more}`,
		choices: objects
			.slice(0, most)
			.map(object => ({text: objectWords(object, clause.language), request: requestFor(clause, object, spoken)})),
	};
}

/** The request with this object said clearly. */
function requestFor({text, language}: Clause, object: KubeObject, spoken: string): string {
	const {name, namespace} = object.metadata;
	const word = kindWord(object.kind, language);
	const clear =
		language === 'ko'
			? `${namespace === undefined ? '' : `${namespace} 네임스페이스의 `}${name} ${word}`
			: `${word} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
	const at = text.toLowerCase().indexOf(spoken.toLowerCase());
	return at === -1 ? `${clear}: ${text}` : withoutKindTwice(`${text.slice(0, at)}${clear}${text.slice(at + spoken.length)}`, word);
}

/** `deployment deployment web` where the kind was said before. */
const withoutKindTwice = (text: string, word: string) =>
	text.replace(new RegExp(`\\b${word}\\s+(?=${word}\\b)`, 'i'), '').replace(new RegExp(`(${word})\\s+${word}`), '$1');

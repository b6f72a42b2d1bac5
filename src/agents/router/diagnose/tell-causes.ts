import type {Cause, Unseen} from '../../../analysis/diagnosis/cause.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {inLanguage, type Language} from '../read/say.ts';

type Told = {
	/** `tracker in delivery` */
	readonly name: string;
	readonly causes: readonly Cause[];
	readonly unseen: readonly Unseen[];
	/** Last lines of containers that end, fenced. */
	readonly words: readonly string[];
	/** What was asked: with a wish to mend it becomes the next request. Undefined where that was asked already. */
	readonly request?: string | undefined;
	readonly language: Language;
};

function causeText({cause, evidence, remedies}: Cause, index: number, language: Language): string {
	const seen = evidence.map(({source, detail}) => `- ${oneLine(source)}: ${oneLine(detail)}`);
	const ways = remedies.map(({text}) => `- ${text[language]}`);
	return [
		`${index + 1}. **${oneLine(cause[language])}**`,
		...(seen.length === 0 ? [] : [inLanguage(language, 'Seen in:', '근거:'), ...seen]),
		...(ways.length === 0
			? [inLanguage(language, 'No remedy can be told from here.', '여기서 알 수 있는 해결책이 없습니다.')]
			: [
					inLanguage(
						language,
						remedies.length === 1 ? 'Remedy:' : 'One of these helps:',
						remedies.length === 1 ? '해결책:' : '가능한 해결책:',
					),
					...ways,
				]),
	].join('\n');
}

/** A diagnosis in words: each cause with what it rests on and its remedies, then what was not looked at. */
export function tellCauses({name, causes, unseen, words, request, language}: Told): string {
	const canMend = causes.some(({remedies}) => remedies.length > 0);
	const head =
		causes.length === 0
			? inLanguage(
					language,
					`Nothing was found that keeps ${name} from working. That is not enough to call it well.`,
					`${name}에서 문제가 될 만한 것을 찾지 못했습니다. 그렇다고 정상이라고 단정할 수는 없습니다.`,
				)
			: inLanguage(language, `${name}:`, `${name}:`);
	const wish = request === undefined ? undefined : inLanguage(language, `${ended(request)} Fix it.`, `${ended(request)} 고쳐줘.`);
	const next = canMend && wish !== undefined ? [inLanguage(language, `To see the plan, say: “${wish}”`, `계획을 보려면: “${wish}”`)] : [];
	return [
		head,
		...causes.map((cause, index) => causeText(cause, index, language)),
		...words,
		unseen.map(each => each[language]).join('. '),
		...next,
	]
		.filter(text => text !== '')
		.join('\n\n');
}

/** A sentence with its end. */
const ended = (text: string) => (/[.?!]\s*$/.test(text) ? text.trim() : `${text.trim()}.`);

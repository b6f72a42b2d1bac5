import type {Json} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import type {Clause} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {amountsIn} from '../../words/amounts.ts';
import {isWord} from '../../words/spoken.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt, type Step} from '../change-at.ts';
import {containerSpoken, type Edit, editTargets} from '../edit-targets.ts';
import {plainText} from '../plain-text.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {type Field, fields} from './fields.ts';

/** A percentage stays text, as the API takes it. */
function shareIn(text: string): Json | undefined {
	const [, number, percent] = /(?<![\w.-])(\d+) ?(%|percent|퍼센트)?(?![\w.-]*[a-z])/.exec(text) ?? [];
	return number === undefined ? undefined : percent === undefined ? Number(number) : `${number}%`;
}

function secondsIn(clause: Clause): number | undefined {
	for (const amount of amountsIn(clause).toReversed()) {
		if (amount.kind === 'duration') return amount.seconds;
		if (amount.kind === 'number') return amount.value;
	}
	return undefined;
}

/** `to api`, `= api`, `api로`. */
function nameIn({words, text}: Clause, said: RegExp): string | undefined {
	const to = words.findLastIndex(word => isWord(word, 'to') || word.text === '=' || isWord(word, 'as'));
	if (to !== -1) return words[to + 1]?.raw;
	const korean = words.findLast(
		({raw}) => /^[\w/.-]+$/.test(raw) && new RegExp(`${raw.replaceAll('.', '\\.')}["'\`]?(?:으로|로)(?![가-힣])`).test(text),
	)?.raw;
	return korean ?? new RegExp(`(?:${said.source})(?: of| is|:| =)? ([a-z0-9][\\w.-]*)(?=[.,!]?(?:\\s|$))`, 'i').exec(text)?.at(-1);
}

function fieldValue(clause: Clause, {holds, words}: Field, text: string): Json | undefined {
	if (holds === 'seconds') return secondsIn(clause);
	if (holds === 'name') return nameIn(clause, words);
	if (holds === 'share') return shareIn(text);
	if (holds === 'number')
		return amountsIn(clause)
			.flatMap(amount => (amount.kind === 'number' ? [amount.value] : []))
			.at(-1);
	const bare = (word: string) => word.toLowerCase().replaceAll(/[\s-]/g, '');
	const letters = bare(text);
	return holds.find(word => letters.includes(bare(word)));
}

function pathOf(asking: Asking, object: KubeObject, {place, path}: Field): readonly Step[] | Question {
	if (place === 'object') return path;
	if (place === 'pod') return [...(templatePath(object) ?? []), 'spec', ...path];
	const container = containerSpoken(asking, object);
	return 'kind' in container ? container : [...container.path, ...path];
}

function edited(asking: Asking, object: KubeObject, field: Field): Edit | Question | undefined {
	const {clause} = asking;
	// The object's own name is no value, and may hold a word for a field.
	const text = plainText(clause).replaceAll(object.metadata.name, ' ');
	const value = fieldValue(clause, field, text);
	const name = field.path.at(-1) ?? '';
	if (value === undefined) {
		if (Array.isArray(field.holds)) return undefined;
		return question(clause, `What should ${name} of ${object.metadata.name} be?`, `${object.metadata.name}의 ${name} 값을 얼마로 할까요?`);
	}
	const path = pathOf(asking, object, field);
	if ('kind' in path) return path;
	const set = changeAt(object, path, () => value);
	const whole =
		field.path.join('.') === 'spec.strategy.type' && value === 'Recreate'
			? changeAt(set, ['spec', 'strategy', 'rollingUpdate'], () => undefined)
			: set;
	const after = field.instead === undefined ? whole : changeAt(whole, field.instead, () => undefined);
	return {after, told: `${name} ${String(value)}`};
}

/** Changes one field that is called by its name, or by the words people have for it. */
export const fieldsIntent: Intent = {
	name: 'fields',
	async understand(clause, world, talk) {
		const asking = {clause, world, talk};
		const text = plainText(clause);
		for (const field of fields.filter(({words}) => words.test(text))) {
			const targets = await targetsIn(asking, field.kinds);
			if (isQuestion(targets) ? fieldValue(clause, field, text) === undefined : targets.length === 0) continue;
			const found = await editTargets(asking, field.kinds, object => edited(asking, object, field));
			if (found !== undefined) return found;
		}
		return undefined;
	},
};

import type {Clause} from '../../clause.ts';
import {type Question, question} from '../asking.ts';
import type {Variable} from './set-env.ts';
import {switched, valueForm} from './value-form.ts';

/**
 * The variables with their values in the form that stands there, or the question in which unit one counts.
 * @param before the value that a name has now, undefined where it has none
 */
export function formed(
	clause: Clause,
	variables: readonly Variable[],
	before: (name: string) => string | undefined,
): readonly Variable[] | Question {
	const result: Variable[] = [];
	for (const variable of variables) {
		if (isVague(clause, variable)) return valueUnknown(clause, variable.name, before(variable.name));
		const form = formOf(clause, variable, before(variable.name));
		if (form === 'unsure') return unitUnknown(clause, variable.name, before(variable.name));
		result.push(form);
	}
	return result;
}

const comparative =
	/^(?:higher|lower|differently|bigger|smaller|larger|longer|shorter|more|less|faster|slower|better|different|other|else|something|appropriate|sensible|reasonable|높게|낮게|크게|작게|길게|짧게|적당히|적절히)$/;

/** `set LIMIT higher`: how much is not said. */
const isVague = ({words}: Clause, variable: Variable) => {
	const word = 'value' in variable && variable.at !== undefined ? words[variable.at] : undefined;
	return word?.quoted === false && comparative.test(word.text);
};

const valueUnknown = (clause: Clause, name: string, before: string | undefined): Question =>
	question(
		clause,
		`Which value should ${name} have?${before === undefined ? '' : ` It is ${before} now.`}`,
		`${name} 값을 얼마로 할까요?${before === undefined ? '' : ` 지금 값은 ${before}입니다.`}`,
	);

const saidSwitch = /^(?:on|off|enabled|disabled)$/;

function formOf(clause: Clause, variable: Variable, before: string | undefined): Variable | 'unsure' {
	if (!('value' in variable) || variable.at === undefined) return variable;
	const word = clause.words[variable.at];
	const turned =
		word?.quoted === false && saidSwitch.test(word.text) ? switched(before ?? '', /^(?:on|enabled)$/.test(word.text)) : undefined;
	const form = turned === undefined ? valueForm(clause, variable.name, variable.at, before) : {value: turned};
	return form === 'unsure' ? form : {...variable, value: form.value};
}

const unitUnknown = (clause: Clause, name: string, before: string | undefined): Question =>
	question(
		clause,
		`In which unit does ${name} count? ${before === undefined ? 'It has no value yet' : `It is ${before} now`}. Say the value as it should stand there: ${name}=VALUE.`,
		`${name} 값의 단위를 알 수 없습니다. ${before === undefined ? '아직 값이 없습니다' : `지금 값은 ${before}입니다`}. 적힐 그대로 알려 주세요: ${name}=값.`,
	);

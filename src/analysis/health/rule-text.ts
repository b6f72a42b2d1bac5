import type {KubeObject} from '../../core/kube/kube-object.ts';
import {conditionOfType} from './read-conditions.ts';
import {isPath, valuesAt} from './rule-path.ts';

/** What a text may name besides the object: the general rules' own words, and the part of the object that they are about. */
type Told = {readonly message: string; readonly part?: string | undefined};

/**
 * Fills the braces of a rule's sentence. `{status.phase}` is what stands there, several joined by `; `; `{Ready.message}` is of the
 * condition; `{kind}`, `{message}` and `{part}` are those; after `||` stands what to take where that is empty, at last a word as it is.
 */
export const fill = (text: string, object: KubeObject, told: Told): string =>
	text
		.replaceAll('{kind}', object.kind)
		.replaceAll('{kind:lower}', object.kind.toLowerCase())
		.replace(/\{([^{}]+)\}/g, (_, choices: string) => firstOf(choices.split('||'), object, told));

function firstOf(choices: readonly string[], object: KubeObject, told: Told): string {
	for (const choice of choices) {
		const value = textOf(choice, object, told);
		if (value !== '') return value;
	}
	return '';
}

function textOf(name: string, object: KubeObject, {message, part = ''}: Told): string {
	if (name === 'message') return message;
	if (name === 'part') return part;
	if (isPath(name)) return valuesAt(object, name).map(String).join('; ');
	const [, type, field] = /^([\w-]+)\.(message|reason|status)$/.exec(name) ?? [];
	if (type === undefined) return name;
	const condition = conditionOfType(object, type);
	return condition === undefined ? '' : field === 'reason' ? condition.reason : field === 'status' ? condition.status : condition.message;
}

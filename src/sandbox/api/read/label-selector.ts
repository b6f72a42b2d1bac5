import {type Requirement, selectorRequirements} from './selector-requirements.ts';

type Labels = {readonly [key: string]: string} | undefined;
export type LabelTest = (labels: Labels) => boolean;

/**
 * The full grammar of label selectors: `a=b`, `a==b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b,c)`, `a>1`, `a<1`.
 * Throws 400 for anything else.
 */
export function labelSelector(text: string | null): LabelTest {
	const requirements = selectorRequirements(text ?? '');
	return labels => requirements.every(requirement => meets(requirement, own(labels, requirement.key)));
}

function meets({operator, values}: Requirement, value: string | undefined): boolean {
	switch (operator) {
		case 'exists':
			return value !== undefined;
		case 'absent':
			return value === undefined;
		case 'in':
		case '=':
			return value !== undefined && values.includes(value);
		case 'notin':
		case '!=':
			return value === undefined || !values.includes(value);
		case '<':
			return value !== undefined && Number(value) < Number(values[0]);
		case '>':
			return value !== undefined && Number(value) > Number(values[0]);
	}
}

const own = (labels: Labels, key: string) => (labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined);

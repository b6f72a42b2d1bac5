import type {Trouble} from '../../../../core/error.ts';
import {plainText, type Refusal} from './api-error.ts';
import type {About} from './call.ts';

/** Server-side apply answers 500 for a field that the schema does not know, or of another type (seen on Kubernetes 1.36). */
const untyped = /failed to create typed patch object \([^)]*\): ([\s\S]+)/;
const fieldLine = /^\s*(\.[\w.[\]"=/-]+): (.+)$/;

/** Whether the object itself is wrong, which the status alone does not always tell. */
export const isInvalid = ({status, message}: Refusal) =>
	status === 422 || (status === 400 && /strict decoding error/.test(message)) || (status === 500 && untyped.test(message));

/** The fields that are wrong, one line each. */
export function invalidObject({causes, message}: Refusal, about: About): Omit<Trouble, 'quoted'> {
	const lines = [
		// The checks that were left out because others failed are told as a cause without a field.
		...causes.filter(({field}) => field !== '<nil>').map(({field, message: text}) => (field === '' ? text : `${field}: ${text}`)),
		...[...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field]) => `${field}: unknown field`),
		...untypedFields(message),
	];
	return {
		kind: 'usage',
		code: 'invalid',
		what: `The server does not accept ${about.resource}${about.name === undefined ? '' : ` ${JSON.stringify(about.name)}`}`,
		why:
			lines.length === 0
				? undefined
				: lines
						.slice(0, 20)
						.map(line => plainText(line, 300))
						.join('\n'),
		next: 'Correct these fields and run the command again',
	};
}

const untypedFields = (message: string) =>
	(untyped.exec(message)?.[1] ?? '').split('\n').flatMap(line => {
		const [, field = '', text = ''] = fieldLine.exec(line) ?? [];
		return field === '' ? [] : [`${field.slice(1)}: ${text === 'field not declared in schema' ? 'unknown field' : text}`];
	});

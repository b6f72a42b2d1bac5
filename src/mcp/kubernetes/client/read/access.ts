import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {wordAt} from '../../model/fields.ts';
import type {AccessQuestion} from '../../port.ts';
import {ApiError, plainText} from '../transport/api-error.ts';
import type {Transport} from '../transport/transport.ts';

/** Questions that are open at one time. */
const width = 8;

const review = async (transport: Transport, group: string, kind: string, spec: JsonObject | undefined): Promise<JsonObject> => {
	const resource = `${kind.toLowerCase()}s`;
	const {body} = await transport.json({
		method: 'POST',
		path: `/apis/${group}/v1/${resource}`,
		body: {apiVersion: `${group}/v1`, kind, spec},
		// A review is a question: asking it again changes nothing.
		changes: false,
		about: {verb: 'create', resource: `${resource}.${group}`},
	});
	return body;
};

const statusOf = ({status}: JsonObject) => (isJsonObject(status) ? status : {});

/** Asks for every right with a SelfSubjectAccessReview; answers in the order of the questions. */
export async function askAccess(transport: Transport, questions: readonly AccessQuestion[]) {
	const answers: {readonly allowed: boolean; readonly reason: string}[] = [];
	for (let start = 0; start < questions.length; start += width) {
		const some = questions.slice(start, start + width);
		const read = some.map(async question => {
			const {allowed, reason} = statusOf(
				await review(transport, 'authorization.k8s.io', 'SelfSubjectAccessReview', {resourceAttributes: {...question}}),
			);
			return {allowed: allowed === true, reason: plainText(wordAt(reason))};
		});
		answers.push(...(await Promise.all(read)));
	}
	return answers;
}

/** Everything that the caller may do in a namespace, as the server's own SelfSubjectRulesReview. */
export const readRules = (transport: Transport, namespace: string) =>
	review(transport, 'authorization.k8s.io', 'SelfSubjectRulesReview', {namespace});

/** The name that the server knows the caller by; undefined where it may not or cannot tell (before Kubernetes 1.28). */
export async function readIdentity(transport: Transport): Promise<string | undefined> {
	try {
		const {userInfo} = statusOf(await review(transport, 'authentication.k8s.io', 'SelfSubjectReview', undefined));
		const username = isJsonObject(userInfo) ? wordAt(userInfo.username) : '';
		return username === '' ? undefined : username;
	} catch (error) {
		if (error instanceof ApiError && (error.refusal.status === 403 || error.refusal.status === 404)) return undefined;
		throw error;
	}
}

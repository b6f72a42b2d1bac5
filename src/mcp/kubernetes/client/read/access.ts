import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {wordAt} from '../../model/fields.ts';
import type {AccessQuestion} from '../../port.ts';
import {ApiError, plainText} from '../transport/api-error.ts';
import type {Transport} from '../transport/transport.ts';

/** Questions that are open at one time. */
const width = 8;

const review = async (
	transport: Transport,
	group: string,
	kind: string,
	spec: JsonObject | undefined,
	tries?: number,
): Promise<JsonObject> => {
	const resource = `${kind.toLowerCase()}s`;
	const {body} = await transport.json({
		method: 'POST',
		path: `/apis/${group}/v1/${resource}`,
		body: {apiVersion: `${group}/v1`, kind, spec},
		// A review is a question: asking it again changes nothing.
		changes: false,
		tries,
		about: {verb: 'create', resource: `${resource}.${group}`},
	});
	return body;
};

const statusOf = ({status}: JsonObject) => (isJsonObject(status) ? status : {});

/** `refused` is false for a right that is not given only because an authorizer could not be asked: the server may say otherwise a moment later. */
type AccessAnswer = {readonly allowed: boolean; readonly refused: boolean; readonly reason: string};

const answerOf = ({allowed, denied, reason, evaluationError}: JsonObject): AccessAnswer => ({
	allowed: allowed === true,
	refused: denied === true || (allowed === false && wordAt(evaluationError) === ''),
	reason: plainText(wordAt(reason) || wordAt(evaluationError)),
});

/**
 * Asks for every right with a SelfSubjectAccessReview; answers in the order of the questions.
 * @param tries how often a question is asked at most; as often as any read where left out
 */
export async function askAccess(
	transport: Transport,
	questions: readonly AccessQuestion[],
	tries?: number,
): Promise<readonly AccessAnswer[]> {
	const answers: AccessAnswer[] = [];
	for (let start = 0; start < questions.length; start += width) {
		const some = questions.slice(start, start + width);
		const read = some.map(async question => {
			const spec = {resourceAttributes: {...question}};
			return answerOf(statusOf(await review(transport, 'authorization.k8s.io', 'SelfSubjectAccessReview', spec, tries)));
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

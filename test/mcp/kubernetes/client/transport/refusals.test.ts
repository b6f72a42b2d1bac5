import {expect, test} from 'vitest';
import {readRefusal} from '../../../../../src/mcp/kubernetes/client/transport/api-error.ts';
import {refusedCall} from '../../../../../src/mcp/kubernetes/client/transport/refused-call.ts';

const about = {verb: 'patch', resource: 'deployments.apps', namespace: 'shop', name: 'web'};
const jane = {who: 'jane', whenRefused: () => ({why: 'the token expired', next: 'Sign in again'})};
const status = (reason: string, message: string, details?: object) => JSON.stringify({kind: 'Status', reason, message, details});
const trouble = (code: number, body: string) => refusedCall(readRefusal(code, body, undefined), about, jane).trouble;

test.each([
	[401, status('Unauthorized', 'Unauthorized'), 'auth', 'signed-out', 'The cluster did not accept the sign-in of jane'],
	[
		403,
		status('Forbidden', 'deployments.apps "web" is forbidden: User "jane" cannot patch resource "deployments" in API group "apps"'),
		'auth',
		'not-allowed',
		'jane may not patch deployments.apps "web" in namespace shop',
	],
	[403, '<html>no</html>', 'auth', 'not-allowed', 'jane may not patch deployments.apps "web" in namespace shop'],
	[
		403,
		status('Forbidden', 'roles "r" is forbidden: user "jane" (groups=[]) is attempting to grant RBAC permissions not currently held'),
		'auth',
		'not-allowed',
		'jane may not patch deployments.apps "web" in namespace shop',
	],
	[
		403,
		status('Forbidden', 'pods "web" is forbidden: exceeded quota: small, requested: pods=1'),
		'environment',
		'denied-by-policy',
		'The cluster\'s rules do not allow to patch deployments.apps "web" in namespace shop',
	],
	[
		403,
		status('Forbidden', 'pods "web" is forbidden: violates PodSecurity "restricted:latest"'),
		'environment',
		'denied-by-policy',
		'The cluster\'s rules do not allow to patch deployments.apps "web" in namespace shop',
	],
	[
		404,
		status('NotFound', 'deployments.apps "web" not found'),
		'usage',
		'not-found',
		'There is no deployments.apps "web" in namespace shop',
	],
	[404, status('NotFound', 'namespaces "shop" not found'), 'usage', 'not-found', 'There is no namespace "shop"'],
	[
		409,
		status('Conflict', 'the object has been modified'),
		'environment',
		'conflict',
		'deployments.apps "web" was changed by someone else meanwhile',
	],
	[409, status('AlreadyExists', 'already exists'), 'usage', 'already-exists', 'deployments.apps "web" exists already'],
	[
		410,
		status('Expired', 'too old'),
		'environment',
		'expired',
		'The list is too old to go on (patch deployments.apps "web" in namespace shop)',
	],
	[
		415,
		status('UnsupportedMediaType', 'no'),
		'environment',
		'unsupported',
		'The cluster cannot patch deployments.apps "web" in namespace shop',
	],
	[
		400,
		status('BadRequest', 'no'),
		'usage',
		'invalid',
		'The server does not understand the request to patch deployments.apps "web" in namespace shop',
	],
	[
		429,
		status('TooManyRequests', 'slow'),
		'environment',
		'too-many-requests',
		'The cluster has too many requests to patch deployments.apps "web" in namespace shop',
	],
	[
		500,
		status('InternalError', 'oops'),
		'environment',
		'server-error',
		'The cluster failed to patch deployments.apps "web" in namespace shop',
	],
])('%i %s becomes %s %s', (code, body, kind, word, what) => {
	expect(trouble(code, body)).toMatchObject({kind, code: word, what});
});

test.each([
	[
		422,
		status('Invalid', 'Deployment is invalid', {
			causes: [
				{reason: 'FieldValueInvalid', message: 'Invalid value: -1: must be at least 0', field: 'spec.replicas'},
				{reason: 'FieldValueRequired', message: 'Required value', field: 'spec.selector'},
			],
		}),
		'spec.replicas: Invalid value: -1: must be at least 0\nspec.selector: Required value',
	],
	[
		400,
		status('BadRequest', 'cannot be handled: strict decoding error: unknown field "spec.replicaz", unknown field "spec.x"'),
		'spec.replicaz: unknown field\nspec.x: unknown field',
	],
	[
		500,
		status('', 'failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.replicaz: field not declared in schema'),
		'spec.replicaz: unknown field',
	],
])('%i names the fields that are wrong', (code, body, why) => {
	expect(trouble(code, body)).toMatchObject({kind: 'usage', code: 'invalid', why});
});

test('a field conflict names every field and its owner', () => {
	const causes = [
		{
			reason: 'FieldManagerConflict',
			message: 'conflict with "kube-controller-manager" with subresource "scale" using apps/v1',
			field: '.spec.replicas',
		},
		{reason: 'FieldManagerConflict', message: 'conflict with "argocd"', field: '.spec.template.spec.containers[name="web"].image'},
	];
	expect(trouble(409, status('Conflict', 'Apply failed with 2 conflicts', {causes}))).toMatchObject({
		code: 'field-conflict',
		why: '.spec.replicas to kube-controller-manager, .spec.template.spec.containers[name="web"].image to argocd',
	});
});

test("the server's words stand in the quote alone, without control characters, and short", () => {
	const told = trouble(500, status('InternalError', `\u001b[31mcrimson\u0007${'x'.repeat(2000)}`));
	expect(told.quoted).toMatch(/^crimsonx+$/);
	expect(told.quoted).toHaveLength(500);
	expect(`${told.what}${told.why}${told.next}`).not.toContain('crimson');
});

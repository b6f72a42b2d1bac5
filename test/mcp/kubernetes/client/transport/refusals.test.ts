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
		'Client sent an HTTP request to an HTTPS server.\n',
		'environment',
		'unreachable',
		'The cluster could not be asked to patch deployments.apps "web" in namespace shop',
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
	[
		500,
		status(
			'',
			'failed to create typed patch object (/g; example.org/v1, Kind=Gadget): .spec.size: expected numeric (int or float), got string',
		),
		'spec.size: expected numeric (int or float), got string',
	],
	[
		422,
		status('Invalid', 'Gadget is invalid', {
			causes: [
				{reason: 'FieldValueRequired', message: 'Required value', field: 'spec.size'},
				{reason: 'FieldValueInvalid', message: 'some validation rules were not checked', field: '<nil>'},
			],
		}),
		'spec.size: Required value',
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

test.each([
	[403, '', 'admission webhook "images.example.org" denied the request: no', 'the admission webhook images.example.org refused it'],
	[
		400,
		'BadRequest',
		'admission webhook "images.example.org" denied the request without explanation',
		'the admission webhook images.example.org refused it',
	],
	[
		422,
		'Invalid',
		"deployments.apps \"web\" is forbidden: ValidatingAdmissionPolicy 'few' with binding 'all' denied request: too many",
		'the ValidatingAdmissionPolicy few refused it',
	],
	[403, 'Forbidden', 'pods "web" is forbidden: exceeded quota: small, requested: pods=1', 'the ResourceQuota small refused it'],
	[403, 'Forbidden', 'pods "web" is forbidden: failed quota: small: must specify cpu', 'the ResourceQuota small refused it'],
	[
		403,
		'Forbidden',
		'pods "web" is forbidden: violates PodSecurity "restricted:latest": privileged',
		'Pod Security, level restricted:latest, refused it',
	],
	[403, 'Forbidden', 'pods "web" is forbidden: something else', 'a quota, Pod Security or an admission policy refused the object'],
])('%i %s %s is told by who refused it', (code, reason, message, why) => {
	expect(trouble(code, status(reason, message))).toMatchObject({kind: 'environment', code: 'denied-by-policy', why, quoted: message});
});

test('a namespace on its way out is told as such', () => {
	const message = 'configmaps "a" is forbidden: unable to create new content in namespace shop because it is being terminated';
	expect(trouble(403, status('Forbidden', message))).toMatchObject({
		code: 'namespace-ending',
		what: 'Namespace shop is being deleted and takes nothing new',
		next: 'See what it waits for with: mkcoa k8s describe namespace shop',
	});
});

test.each([
	[
		'webhook-failed',
		'Internal error occurred: failed calling webhook "images.example.org": failed to call webhook: EOF',
		'images.example.org',
	],
	['conversion-failed', 'conversion webhook for example.org/v2, Kind=Gadget failed: Post "https://x": EOF', 'example.org/v2, Kind=Gadget'],
	['node-unreachable', 'Get "https://10.0.0.9:10250/containerLogs/shop/web/main": dial tcp 10.0.0.9:10250: i/o timeout', 'kubelet'],
	['node-unreachable', 'error dialing backend: No agent available', 'kubelet'],
])('%s is told in place of a failed API server: %s', (word, message, named) => {
	const told = trouble(500, status('InternalError', message));
	expect(told).toMatchObject({kind: 'environment', code: word, quoted: message});
	expect(told.why).toContain(named);
	expect(told.next).not.toContain('API server');
});

test('a right on a subresource is asked for by its whole name', () => {
	const scale = {...about, subresource: 'scale'};
	const told = refusedCall(
		readRefusal(403, status('Forbidden', 'User "jane" cannot patch resource "deployments/scale"'), undefined),
		scale,
		jane,
	);
	expect(told.trouble).toMatchObject({
		what: 'jane may not patch deployments.apps/scale "web" in namespace shop',
		next: 'Ask for a role that allows patch on deployments.apps/scale; mkcoa k8s permissions shows what you may do',
	});
});

test("the server's words stand in the quote alone, without control characters, and short", () => {
	const told = trouble(500, status('InternalError', `\u001b[31mcrimson\u0007${'x'.repeat(2000)}`));
	expect(told.quoted).toMatch(/^crimsonx+$/);
	expect(told.quoted).toHaveLength(500);
	expect(`${told.what}${told.why}${told.next}`).not.toContain('crimson');
});

test('what a service behind the server says is quoted, though it is no Status', () => {
	expect(trouble(400, '{"status":"error","error":"parse error: unclosed left parenthesis"}')).toMatchObject({
		code: 'invalid',
		quoted: '{"status":"error","error":"parse error: unclosed left parenthesis"}',
	});
});

test('an object that the server quotes in a refusal stays out of it', () => {
	const object = JSON.stringify({
		kind: 'Secret',
		data: {password: 'Ochre'},
		metadata: {annotations: {before: JSON.stringify({password: 'Umber'})}},
	});
	const said = `"" is invalid: patch: Invalid value: ${JSON.stringify(object)}: illegal base64 data at input byte 5`;
	const causes = [{reason: 'FieldValueInvalid', field: 'patch', message: said}];
	const read = readRefusal(422, status('Invalid', said, {causes}), undefined);
	expect(read.message).toBe('"" is invalid: patch: Invalid value: {…}: illegal base64 data at input byte 5');
	expect(read.causes[0]?.message).toBe(read.message);
});

import {expect, test} from 'vitest';
import {trustedAuthorities} from '../../../src/analysis/detection/analyzers/tls/trusted-authorities.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {Certificate} from '../../../src/core/kube/certificate.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {survey} from './found-in.ts';

const certificate = (subject: string, issuer: string, names: readonly string[] = []): Certificate => ({
	subject,
	issuer,
	notBefore: '2026-01-01T00:00:00Z',
	notAfter: '2027-01-01T00:00:00Z',
	names,
	isAuthority: names.length === 0,
});
/** A bundle that says whose it is: `CN=ca-1`. */
const bundle = (subject: string) => Buffer.from(subject).toString('base64');
const read = (text: string) => (text.startsWith('CN=') ? [certificate(text, text)] : []);

const guard = deployment({pod: {volumes: [{name: 'tls', secret: {secretName: 'guard-tls'}}]}}, 'guard');
const service = object('v1', 'Service', 'guard', {spec: {selector: {app: 'guard'}, ports: [{port: 443}]}});
const secret = (issuer: string, names = ['guard.shop.svc']) =>
	object('v1', 'Secret', 'guard-tls', {facts: {certificates: [{...certificate('CN=guard', issuer, names)}]}});
const webhooks = (kind: string, caBundle: string, metadata: JsonObject = {}) =>
	object('admissionregistration.k8s.io/v1', kind, 'guard', {
		metadata: {namespace: undefined, ...metadata},
		webhooks: [{name: 'guard.shop.io', clientConfig: {caBundle, service: {namespace: 'shop', name: 'guard'}}}],
	});
const validating = (subject: string, metadata: JsonObject = {}) => webhooks('ValidatingWebhookConfiguration', bundle(subject), metadata);
const told = (...objects: Parameters<typeof survey>[0]) =>
	trustedAuthorities(survey([guard, service, ...objects]), read).map(({id, resource, path, remedies}) => [
		`${id} ${resource.kind} ${path}`,
		...remedies.map(({sure, input}) => `${sure} ${JSON.parse(String(input.patch))[1].value}`),
	]);
const differs = 'authority-not-trusted ValidatingWebhookConfiguration webhooks[guard.shop.io].clientConfig.caBundle';

test('another authority than the one that has signed what is shown', () => {
	expect(told(validating('CN=ca-1'), secret('CN=ca-2'))).toEqual([[differs]]);
	expect(told(validating('CN=ca-1'), secret('CN=ca-1'))).toEqual([]);
	expect(told(validating('CN=guard'), secret('CN=guard'))).toEqual([]);
});

test('is exchanged for the one of before, or of another webhook of the Service', () => {
	const before = {webhooks: [{clientConfig: {caBundle: bundle('CN=ca-2')}}]};
	const annotations = {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(before)};
	expect(told(validating('CN=ca-1', {annotations}), secret('CN=ca-2'))).toEqual([[differs, `true ${bundle('CN=ca-2')}`]]);
	expect(told(validating('CN=ca-1'), webhooks('MutatingWebhookConfiguration', bundle('CN=ca-2')), secret('CN=ca-2'))).toEqual([
		[differs, `true ${bundle('CN=ca-2')}`],
	]);
});

test('is not told where nobody knows what is shown', () => {
	expect(told(validating('CN=ca-1'))).toEqual([]);
	expect(told(validating('CN=ca-1'), secret('CN=ca-2', ['other.shop.svc']))).toEqual([]);
	expect(told(webhooks('ValidatingWebhookConfiguration', bundle('no certificate')), secret('CN=ca-2'))).toEqual([]);
});

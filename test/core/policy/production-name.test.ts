import {expect, test} from 'vitest';
import {isProductionName} from '../../../src/core/policy/production-name.ts';

test.each([
	'prod',
	'prod-eu',
	'eu-production',
	'gke_acme_live-1',
	'PRD',
	'euProd2',
	'arn:aws:eks:eu-west-1:1:cluster/prod',
	'admin@prod.example.com',
	'live',
	'kind-prod1',
])('%s is production', name => {
	expect(isProductionName(name)).toBe(true);
});

test.each([
	'product-catalog',
	'nonprod',
	'non-prod',
	'preprod',
	'pre-production',
	'staging',
	'delivery',
	'olive',
	'reproduction',
	'alive-1',
	'prodigy',
	'',
])('%j is not production', name => {
	expect(isProductionName(name)).toBe(false);
});

import {type Benchmark, person, type Section} from '../benchmark.ts';
import {shared} from './shared-rows.ts';

const rows = (id: string, title: string, ...controls: readonly [string, ReturnType<typeof person>][]): Section => ({
	...{id, title},
	controls: controls.map(([control, row]) => ({id: control, ...row})),
});
const checksOf = (...names: readonly (keyof typeof shared)[]) =>
	names.flatMap(name => {
		const [, ...checks] = shared[name];
		return checks;
	});

/** Criteria of trust services to which a cluster's settings are evidence. Ids are those of the AICPA; an auditor decides on all of them. */
export const soc2: Benchmark = {
	name: 'soc2',
	title: 'SOC 2, trust services criteria 2017',
	attested: true,
	sections: [
		rows(
			'CC6',
			'Logical and physical access',
			[
				'CC6.1',
				person('Access to what is protected is restricted', ...checksOf('clusterAdmin', 'wildcards', 'secrets'), 'anonymous-holder'),
			],
			['CC6.2', person('Credentials are given and taken back', 'service-account-token-secret', ...checksOf('defaultAccounts'))],
			['CC6.3', person('Rights follow roles and least privilege', ...checksOf('ascents', 'createPods', 'masters'))],
			['CC6.6', person('The boundary is guarded', ...checksOf('networkPolicies'), 'dashboard-exposed', 'sensitive-interface-exposed')],
			['CC6.7', person('Data on the way is protected', 'ingress-without-tls', 'gateway-without-tls', 'etcd-tls')],
			[
				'CC6.8',
				person('Unwanted software is kept out', 'image-tag-mutable', 'image-registry-allowed', ...checksOf('privileged', 'escalation')),
			],
		),
		rows(
			'CC7',
			'Operations',
			['CC7.1', person('Changes of settings and new weaknesses are found', 'node-version-not-supported')],
			['CC7.2', person('What is unusual is watched for', 'api-server-audit-log', 'api-server-audit-policy')],
			['CC7.3', person('Incidents are judged')],
			['CC7.4', person('Incidents are answered')],
		),
		rows('CC8', 'Changes', ['CC8.1', person('Changes are approved before they are made', 'pod-security-not-enforced')]),
		rows(
			'A1',
			'Availability',
			['A1.1', person('There is capacity for what is asked', 'memory-limit-unset', 'memory-request-unset', 'namespace-without-quota')],
			['A1.2', person('Failures are survived', 'single-replica', 'disruption-budget-missing')],
		),
		rows('C1', 'Confidentiality', [
			'C1.1',
			person(
				'Confidential data is protected',
				'api-server-encryption',
				...checksOf('secretFiles'),
				'secret-in-environment',
				'secret-in-config-map',
			),
		]),
	],
};

import {describe, expect, test} from 'vitest';
import {fullName, isOfImage, runningImages} from '../../../src/analysis/vulnerabilities/exposure/running-images.ts';
import {readReport, readSbom} from '../../../src/analysis/vulnerabilities/read-document.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const text = (json: object) => JSON.stringify(json);

describe('a list of packages', () => {
	test('in CycloneDX tells what is inside of what, by the distribution and the source packages', () => {
		const sbom = readSbom(
			text({
				...{bomFormat: 'CycloneDX', specVersion: '1.6'},
				metadata: {
					timestamp: '2026-11-01T00:00:00Z',
					component: {type: 'container', name: 'shop/web:1.4', purl: `pkg:oci/web@${digest.replace(':', '%3A')}`},
				},
				components: [
					{type: 'operating-system', name: 'debian', version: '12.4'},
					{
						...{type: 'library', name: 'libssl3', version: '3.0.11-1', purl: 'pkg:deb/debian/libssl3@3.0.11-1'},
						properties: [
							{name: 'aquasecurity:trivy:SrcName', value: 'openssl'},
							{name: 'aquasecurity:trivy:SrcVersion', value: '3.0.11'},
							{name: 'aquasecurity:trivy:SrcRelease', value: '1'},
						],
						components: [{type: 'library', name: 'inner', version: '1', purl: 'pkg:npm/inner@1'}],
					},
					{type: 'file', name: '/etc/passwd'},
				],
			}),
		);
		expect(sbom).toMatchObject({format: 'CycloneDX 1.6', subject: 'shop/web:1.4', digests: [digest], created: '2026-11-01T00:00:00Z'});
		expect(sbom.components.map(({ecosystem, advisoryName, advisoryVersion}) => [ecosystem, advisoryName, advisoryVersion])).toEqual([
			['Debian:12', 'openssl', '3.0.11-1'],
			['npm', 'inner', '1'],
		]);
	});

	test('in SPDX 2.3 leaves out the image that it describes', () => {
		const sbom = readSbom(
			text({
				...{spdxVersion: 'SPDX-2.3', name: 'web', creationInfo: {created: '2026-11-01T00:00:00Z'}},
				packages: [
					{SPDXID: 'SPDXRef-image', name: 'shop/web:1.4', versionInfo: digest, primaryPackagePurpose: 'CONTAINER'},
					{
						SPDXID: 'SPDXRef-a',
						name: 'lodash',
						versionInfo: '4.17.20',
						externalRefs: [{referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/lodash@4.17.20'}],
					},
				],
				relationships: [{spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-image'}],
			}),
		);
		expect(sbom).toMatchObject({format: 'SPDX 2.3', subject: 'shop/web:1.4', digests: [digest]});
		expect(sbom.components).toMatchObject([{name: 'lodash', ecosystem: 'npm'}]);
	});

	test('in SPDX 3 is a graph', () => {
		const sbom = readSbom(
			text({
				'@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
				'@graph': [
					{type: 'CreationInfo', '@id': '_:c', specVersion: '3.0.1', created: '2026-11-01T00:00:00Z'},
					{type: 'SpdxDocument', spdxId: 'urn:doc', name: 'web', rootElement: ['urn:image']},
					{type: 'software_Package', spdxId: 'urn:image', name: 'shop/web:1.4', software_primaryPurpose: 'container'},
					{
						type: 'software_Package',
						spdxId: 'urn:a',
						name: 'lodash',
						software_packageVersion: '4.17.20',
						software_packageUrl: 'pkg:npm/lodash@4.17.20',
					},
				],
			}),
		);
		expect(sbom).toMatchObject({
			format: 'SPDX 3.0.1',
			subject: 'shop/web:1.4',
			components: [{name: 'lodash', version: '4.17.20', ecosystem: 'npm'}],
		});
	});

	test.each(['no json', '{}', '[]', '{"bomFormat": "CycloneDX"}'])('is not %s, and how to make one is told', wrong => {
		expect(() => readSbom(wrong)).toThrow(
			expect.objectContaining({trouble: expect.objectContaining({code: 'not-readable', next: expect.stringMatching(/syft/)})}),
		);
	});
});

describe('a report', () => {
	const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

	test('of Trivy is taken with the vector of whom it trusts', () => {
		const [report] = readReport(
			text({
				...{
					SchemaVersion: 2,
					CreatedAt: '2026-11-02T00:00:00Z',
					ArtifactName: 'shop/web:1.4',
					Metadata: {RepoDigests: [`shop/web@${digest}`]},
				},
				Results: [
					{
						Type: 'debian',
						Vulnerabilities: [
							{
								VulnerabilityID: 'CVE-1-1',
								PkgName: 'bash',
								InstalledVersion: '5',
								FixedVersion: '5.1',
								Severity: 'HIGH',
								SeveritySource: 'debian',
								CVSS: {nvd: {V3Vector: vector}, redhat: {V3Vector: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'}},
							},
						],
					},
					{Type: 'npm'},
				],
			}),
		);
		expect(report).toMatchObject({
			scanner: 'Trivy',
			subject: 'shop/web:1.4',
			digests: [digest],
			found: [{id: 'CVE-1-1', component: 'bash', fixed: '5.1', score: 9.8, severity: 'high'}],
		});
	});

	test('of Grype is told by the CVE, with the age of its database', () => {
		const [report] = readReport(
			text({
				matches: [
					{
						vulnerability: {id: 'GHSA-1', severity: 'Unknown', fix: {versions: ['4.17.21'], state: 'fixed'}, cvss: [{vector}]},
						relatedVulnerabilities: [{id: 'CVE-2021-1', description: 'Injection'}],
						artifact: {name: 'lodash', version: '4.17.20', type: 'npm'},
					},
				],
				source: {type: 'image', target: {userInput: 'shop/web:1.4', manifestDigest: digest}},
				descriptor: {name: 'grype', db: {status: {built: '2026-11-03T00:00:00Z'}}},
			}),
		);
		expect(report).toMatchObject({
			...{scanner: 'Grype', subject: 'shop/web:1.4', digests: [digest], databaseDate: '2026-11-03T00:00:00Z'},
			found: [{id: 'CVE-2021-1', aliases: ['GHSA-1'], fixed: '4.17.21', score: 9.8, severity: 'medium', summary: 'Injection'}],
		});
	});
});

describe('an image that runs', () => {
	const pod = (name: string, labels: object, container: object, status: object = {}) => ({
		...{
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {
				name,
				namespace: 'shop',
				labels: {...labels},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'u', controller: true}],
			},
		},
		spec: {containers: [{name: 'c', image: 'web:1.4', ...container}]},
		status: {phase: 'Running', containerStatuses: [{name: 'c', imageID: `docker.io/library/web@${digest}`}], ...status},
	});
	const around = [
		{
			apiVersion: 'apps/v1',
			kind: 'ReplicaSet',
			metadata: {
				name: 'web-1',
				namespace: 'shop',
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true}],
			},
		},
		{apiVersion: 'v1', kind: 'Service', metadata: {name: 'web', namespace: 'shop'}, spec: {selector: {app: 'web'}}},
		{
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			metadata: {name: 'front', namespace: 'shop'},
			spec: {rules: [{http: {paths: [{backend: {service: {name: 'web'}}}]}}]},
		},
	];

	test('is told once, with its workload, its digest and the widest way to it', () => {
		const images = runningImages([
			...around,
			pod('a', {app: 'web'}, {}),
			pod('b', {}, {securityContext: {privileged: true}}),
			pod('c', {}, {image: 'old:1'}, {phase: 'Succeeded'}),
		]);
		expect(images).toEqual([
			{
				...{image: 'web:1.4', digests: [digest], isPrivileged: true, reach: {from: 'outside', by: 'Ingress shop/front'}},
				workloads: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop'}],
			},
		]);
	});

	test('is that of a document by its digest or by its full name', () => {
		const [image] = runningImages([pod('a', {}, {})]);
		if (image === undefined) throw new Error('nothing runs');
		expect(isOfImage({subject: 'docker.io/library/web:1.4', digests: []}, image)).toBe(true);
		expect(isOfImage({subject: 'other', digests: [digest]}, image)).toBe(true);
		expect(isOfImage({subject: 'web:1.5', digests: []}, image)).toBe(false);
		expect(['nginx', 'shop/web', 'localhost/web', 'a.example:5000/web:1'].map(fullName)).toEqual([
			...['docker.io/library/nginx:latest', 'docker.io/shop/web:latest', 'localhost/web:latest', 'a.example:5000/web:1'],
		]);
	});
});

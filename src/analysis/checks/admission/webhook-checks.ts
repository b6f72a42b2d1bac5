import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {forReview, namespaceOf, onObjects} from '../on-objects.ts';

const family = 'admission';
const validating = 'admissionregistration.k8s.io/ValidatingWebhookConfiguration';
const mutating = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';
const both = [validating, mutating];

/** Programs that the API server asks before it takes an object, or for a version of it. */
export const webhookChecks: readonly AnyCheck[] = [
	check({
		...{id: 'validating-webhook-for-review', family, title: 'Validating webhooks are known and wanted', severity: 'low'},
		why: 'A webhook sees each object that it is asked about, Secrets too, and decides what is taken.',
		...forReview([validating], 'who is behind it, and whether they may see that, is for a person to say'),
	}),
	check({
		...{id: 'mutating-webhook-for-review', family, title: 'Mutating webhooks are known and wanted', severity: 'low'},
		why: 'A webhook sees each object that it is asked about, Secrets too, and writes into it what it likes.',
		...forReview([mutating], 'who is behind it, and whether they may change that, is for a person to say'),
	}),
	check({
		...{id: 'validating-webhook-fails-open', family, title: 'Validating webhooks refuse where they do not answer', severity: 'medium'},
		why: 'With Ignore whoever stops the webhook, or waits until it is down, passes.',
		...onObjects([validating], {}, configuration =>
			listAt(configuration, 'webhooks').flatMap((webhook, index): readonly Fault[] => {
				if (textAt(webhook, 'failurePolicy') !== 'Ignore') return [];
				const path = `webhooks[${index}].failurePolicy`;
				return [
					{paths: [path], mends: [{path, value: 'Fail'}], evidence: `${textAt(webhook, 'name')} is passed over where it does not answer`},
				];
			}),
		),
	}),
	check({
		...{id: 'webhook-without-authority', family, title: 'The API server verifies webhooks', severity: 'medium'},
		why: 'Without an authority no webhook in the cluster is believed: it fails, or is passed over.',
		...onObjects(both, {}, ({metadata, ...configuration}) => {
			const isInjected = Object.keys(metadata.annotations ?? {}).some(key => key.startsWith('cert-manager.io/inject-'));
			return listAt(configuration, 'webhooks').flatMap((webhook, index): readonly Fault[] => {
				const client = valueAt(webhook, 'clientConfig');
				if (isInjected || valueAt(client, 'service') === undefined || (textAt(client, 'caBundle') ?? '') !== '') return [];
				const path = `webhooks[${index}].clientConfig.caBundle`;
				return [
					{
						paths: [path],
						mends: [{path, ask: 'the authority of its certificate'}],
						evidence: `${textAt(webhook, 'name')} states no authority`,
					},
				];
			});
		}),
	}),
	check({
		...{id: 'webhook-outside', family, title: 'Webhooks are in the cluster', severity: 'medium'},
		why: 'Objects, Secrets among them, leave the cluster for an address that its policies do not reach.',
		...onObjects(both, {}, configuration =>
			listAt(configuration, 'webhooks').flatMap((webhook, index): readonly Fault[] => {
				const url = textAt(webhook, 'clientConfig', 'url');
				if (url === undefined) return [];
				const {host} = URL.parse(url) ?? {host: 'an address'};
				return [{paths: [`webhooks[${index}].clientConfig.url`], mends: [], evidence: `${textAt(webhook, 'name')} is at ${host}`}];
			}),
		),
	}),
	check({
		...{id: 'webhook-without-service', family, title: 'Services of webhooks exist', severity: 'high'},
		why: 'A webhook whose Service is gone refuses everything or lets everything in; whoever makes the Service becomes the webhook.',
		...onObjects(
			both,
			{},
			(configuration, _, world) => {
				// A folder of manifests holds no Services of others.
				if (world.ofKind('Service').length === 0) return [];
				return listAt(configuration, 'webhooks').flatMap((webhook, index): readonly Fault[] => {
					const [name, namespace] = ['name', 'namespace'].map(field => textAt(webhook, 'clientConfig', 'service', field));
					if (name === undefined || world.ofKind('Service').some(each => each.metadata.name === name && namespaceOf(each) === namespace))
						return [];
					const path = `webhooks[${index}].clientConfig.service`;
					return [{paths: [path], mends: [], evidence: `there is no Service ${namespace}/${name}`}];
				});
			},
			['Service'],
		),
	}),
	check({
		...{id: 'webhook-for-secrets', family, title: 'No webhook is asked about Secrets', severity: 'medium'},
		why: 'A webhook that is asked about Secrets is told what is in them.',
		...onObjects(both, {}, configuration =>
			listAt(configuration, 'webhooks').flatMap((webhook, index) =>
				listAt(webhook, 'rules').flatMap((rule, at): readonly Fault[] => {
					if (!listAt(rule, 'apiGroups').some(group => group === '' || group === '*')) return [];
					const place = listAt(rule, 'resources').findIndex(each => each === 'secrets' || each === '*' || each === '*/*');
					if (place === -1) return [];
					const path = `webhooks[${index}].rules[${at}].resources[${place}]`;
					return [
						{paths: [path], mends: [{path, ask: 'the kinds that it needs'}], evidence: `${textAt(webhook, 'name')} is asked about Secrets`},
					];
				}),
			),
		),
	}),
	check({
		...{id: 'admission-policy-only-audits', family, title: 'Admission policies deny', severity: 'low'},
		why: 'A binding that only audits or warns lets in what its policy forbids.',
		...onObjects(['admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding'], {}, binding => {
			const actions = listAt(binding, 'spec', 'validationActions');
			if (actions.length === 0 || actions.includes('Deny')) return [];
			const path = 'spec.validationActions';
			return [{paths: [path], mends: [{path, value: ['Deny']}], evidence: `its actions are ${actions.join(', ')}`}];
		}),
	}),
	check({
		...{id: 'admission-policy-fails-open', family, title: 'Admission policies refuse what they cannot judge', severity: 'medium'},
		why: 'With Ignore an object at which the expression fails is let in.',
		...onObjects(['admissionregistration.k8s.io/ValidatingAdmissionPolicy'], {}, policy => {
			const path = 'spec.failurePolicy';
			return textAt(policy, 'spec', 'failurePolicy') === 'Ignore'
				? [{paths: [path], mends: [{path, value: 'Fail'}], evidence: `${path} is Ignore`}]
				: [];
		}),
	}),
	check({
		...{id: 'api-service-not-verified', family, title: 'The API server verifies the servers that it hands requests to', severity: 'high'},
		why: 'Without verification whoever answers in place of the server gets the requests with the names of those who sent them.',
		...onObjects(['apiregistration.k8s.io/APIService'], {}, service => {
			const path = 'spec.insecureSkipTLSVerify';
			return valueAt(service, 'spec', 'insecureSkipTLSVerify') === true
				? [{paths: [path], mends: [{path, value: false}], evidence: `${path} is true`}]
				: [];
		}),
	}),
	check({
		...{id: 'custom-resource-without-schema', family, title: 'Custom resources have a schema', severity: 'low'},
		why: 'Without a schema anything is taken and kept, and every controller that reads it has to be careful for itself.',
		...onObjects(['apiextensions.k8s.io/CustomResourceDefinition'], {}, definition =>
			listAt(definition, 'spec', 'versions').flatMap((version, index): readonly Fault[] => {
				const path = `spec.versions[${index}].schema.openAPIV3Schema`;
				const schema = valueAt(version, 'schema', 'openAPIV3Schema');
				if (schema !== undefined && valueAt(schema, 'x-kubernetes-preserve-unknown-fields') !== true) return [];
				return [
					{paths: [path], mends: [{path, ask: 'the fields that it has'}], evidence: `version ${textAt(version, 'name')} takes anything`},
				];
			}),
		),
	}),
];

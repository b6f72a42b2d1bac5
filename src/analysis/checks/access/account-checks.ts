import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {namespaceOf, onObjects} from '../on-objects.ts';

const rbac = 'rbac.authorization.k8s.io';

/** Service accounts, their tokens, and who of a cloud is mapped to whom. */
export const accountChecks: readonly AnyCheck[] = [
	check({
		id: 'default-account-mounts-token',
		family: 'access',
		title: 'The default service account mounts no token into pods',
		why: 'Every pod that names no account has the token of the default one, whether it speaks to the API server or not.',
		severity: 'medium',
		...onObjects(['ServiceAccount'], {}, ({metadata, automountServiceAccountToken: mounts}) => {
			if (metadata.name !== 'default' || mounts === false) return [];
			const path = 'automountServiceAccountToken';
			return [
				{
					paths: [path],
					mends: [{path, value: false}],
					evidence: mounts === undefined ? `${path} is not set` : `${path} is ${String(mounts)}`,
				},
			];
		}),
	}),
	check({
		id: 'default-account-bound',
		family: 'access',
		title: 'The default service account holds no role',
		why: 'Every pod that names no account holds what the default one holds.',
		severity: 'high',
		...onObjects([`${rbac}/RoleBinding`, `${rbac}/ClusterRoleBinding`], {}, binding => {
			if (binding.metadata.labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults') return [];
			return listAt(binding, 'subjects').flatMap((subject, index): readonly Fault[] => {
				if (textAt(subject, 'kind') !== 'ServiceAccount' || textAt(subject, 'name') !== 'default') return [];
				const path = `subjects[${index}]`;
				const account = `${textAt(subject, 'namespace') ?? namespaceOf(binding)}/default`;
				return [
					{paths: [path], mends: [{path, remove: true}], evidence: `ServiceAccount ${account} holds ${textAt(binding, 'roleRef', 'name')}`},
				];
			});
		}),
	}),
	check({
		id: 'namespace-without-own-account',
		family: 'access',
		title: 'Namespaces have service accounts of their own',
		why: 'Where there is only the default account all pods share one identity: what one needs, all of them get.',
		severity: 'low',
		...onObjects(
			['Namespace'],
			{},
			({metadata: {name}}, _, world) => {
				const own = world.ofKind('ServiceAccount').filter(account => namespaceOf(account) === name && account.metadata.name !== 'default');
				return own.length > 0 ? [] : [{paths: [], mends: [], evidence: `there is no service account but default in ${name}`}];
			},
			['ServiceAccount'],
		),
	}),
	check({
		id: 'cloud-identity-is-master',
		family: 'access',
		title: 'No identity of the cloud is mapped to system:masters',
		why: 'A role of the cloud that is mapped to system:masters passes every check of rights in the cluster, and leaves no binding that shows it.',
		severity: 'high',
		...onObjects(['ConfigMap'], {}, config => {
			if (namespaceOf(config) !== 'kube-system' || config.metadata.name !== 'aws-auth') return [];
			return ['mapRoles', 'mapUsers'].flatMap((key): readonly Fault[] => {
				if (!/\bsystem:masters\b/.test(String(valueAt(config, 'data', key) ?? ''))) return [];
				return [
					{
						paths: [`data.${key}`],
						mends: [{path: `data.${key}`, ask: 'a group with the rights that it needs'}],
						evidence: `data.${key} maps to system:masters`,
					},
				];
			});
		}),
	}),
];

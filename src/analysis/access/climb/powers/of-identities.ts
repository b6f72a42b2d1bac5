import {masters} from '../../who-may.ts';
import {type Power, type PowerOf, type Right, whole} from '../power.ts';
import {admin, groupSet, groups, userSet, users} from '../sets.ts';

function over(all: string, one: (name: string) => string, right: Right, how: string, by: readonly Right[]): readonly Power[] {
	return right.names.length === 0 ? [{to: all, how, by}] : right.names.map(name => ({to: one(name), how, by}));
}

/** Only together with a user can a group be impersonated. */
const impersonate: PowerOf = ({may}) => {
	const user = may('impersonate', '', 'users');
	const group = may('impersonate', '', 'groups');
	const anybody = user ?? may('impersonate', '', 'serviceaccounts');
	const asMaster = group !== undefined && anybody !== undefined && (group.names.length === 0 || group.names.includes(masters));
	return [
		...(asMaster ? [{to: admin, how: `impersonates the group ${masters}`, by: [group, anybody]}] : []),
		...(user === undefined ? [] : over(users, userSet, user, 'impersonates it', [user])),
		...(group === undefined || anybody === undefined ? [] : over(groups, groupSet, group, 'impersonates it', [group, anybody])),
	];
};

const certificates = 'certificates.k8s.io';
const clientSigner = /^(?:\*|kubernetes\.io\/(?:\*|kube-apiserver-client))$/;

/** A certificate that the cluster signs is somebody of any name, but no member of system:masters: the server refuses to sign that. */
const sign: PowerOf = ({may}) => {
	const create = whole(may('create', certificates, 'certificatesigningrequests'));
	const approval = may('update patch', certificates, 'certificatesigningrequests/approval');
	const approve = may('approve', certificates, 'signers');
	if (create === undefined || approval === undefined || approve === undefined) return [];
	if (approve.names.length > 0 && !approve.names.some(name => clientSigner.test(name))) return [];
	const by = [create, approval, approve];
	return [users, groups].map(to => ({to, how: 'requests a client certificate in its name and approves that itself', by}));
};

/** Ways to users and groups, which belong to no namespace. */
export const powersOverIdentities: readonly PowerOf[] = [impersonate, sign];

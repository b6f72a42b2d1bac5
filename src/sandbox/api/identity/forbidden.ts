import {StatusError} from '../../status-error.ts';
import type {User} from './authenticate.ts';
import type {Action} from './authorize.ts';

/** 403 in the real server's words. */
export function forbidden(user: User, {verb, group = '', resource, namespace, name, path}: Action): StatusError {
	if (resource === undefined) {
		return new StatusError(
			403,
			'Forbidden',
			`forbidden: User ${JSON.stringify(user.name)} cannot ${verb} path ${JSON.stringify(path)}`,
			{},
		);
	}
	const [plural = '', ...subresource] = resource.split('/');
	const qualified = group === '' ? plural : `${plural}.${group}`;
	const named = name === undefined ? '' : ` ${JSON.stringify(name)}`;
	const where = namespace === undefined ? ' at the cluster scope' : ` in the namespace ${JSON.stringify(namespace)}`;
	const what = `resource ${JSON.stringify([plural, ...subresource].join('/'))} in API group ${JSON.stringify(group)}`;
	return new StatusError(
		403,
		'Forbidden',
		`${qualified}${named} is forbidden: User ${JSON.stringify(user.name)} cannot ${verb} ${what}${where}`,
		{...(name === undefined ? {} : {name}), ...(group === '' ? {} : {group}), kind: plural},
	);
}

import {expect, test} from 'vitest';
import {namedByPerson} from '../../../src/agents/loop/named-by-person.ts';
import {noValues} from '../../support/no-values.ts';

const source = {...noValues, fromEnvironment: (name: string) => `value of ${name}`, fromFile: async (path: string) => Buffer.from(path)};
const refused = {trouble: {code: 'not-named'}};

test.each([
	['create a secret from DB_PASSWORD', 'DB_PASSWORD', true],
	['take $DB_PASSWORD.', 'DB_PASSWORD', true],
	['take DB_PASSWORD_OLD', 'DB_PASSWORD', false],
	['create a secret', 'AWS_SECRET_ACCESS_KEY', false],
	['', 'HOME', false],
])('after "%s" the variable %s is read: %s', (said, name, isRead) => {
	const read = () => namedByPerson(source, said).fromEnvironment(name);
	if (isRead) expect(read()).toBe(`value of ${name}`);
	else expect(read).toThrow('A model may not read');
});

test.each([
	['put ./nginx.conf into a ConfigMap', './nginx.conf', true],
	['put "app.yaml" there. Then roll it', 'app.yaml', true],
	['it is in app.yaml.', 'app.yaml', true],
	['put ./nginx.conf.bak there', './nginx.conf', false],
	['put /srv/etc/passwd there', '/etc/passwd', false],
	['put nginx.conf there', '/root/.kube/config', false],
	['what is - here', '-', false],
	['anything', '.*', false],
])('after "%s" the file %s is read: %s', async (said, path, isRead) => {
	const read = namedByPerson(source, said).fromFile(path);
	if (isRead) expect(Buffer.from(await read).toString()).toBe(path);
	else await expect(read).rejects.toMatchObject(refused);
});

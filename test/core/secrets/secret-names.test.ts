import {expect, test} from 'vitest';
import {isSecretByName} from '../../../src/core/secrets/secret-names.ts';

test.each([
	['DB_PASSWORD', 'hunter2'],
	['PGPASSWORD', 'x'],
	['MYSQL_PWD', 'root'],
	['dbPassword', 'a b'],
	['API_KEY', 'k-1'],
	['apiKey', 'k-1'],
	['STRIPE_APIKEY', 'abc'],
	['SECRET_KEY_BASE', 'abc'],
	['JWT_SECRET', 'abc'],
	['CLIENT_SECRET', 'abcdef'],
	['GITHUB_TOKEN', 'abc'],
	['TOKEN_2', 'abc'],
	['AWS_SECRET_ACCESS_KEY', 'abc'],
	['SSH_PRIVATE_KEY', 'abc'],
	['SENTRY_DSN', 'https://k@sentry.io/1'],
	['GOOGLE_CREDENTIALS', '{"a":1}'],
	['ENCRYPTION_KEY', 'abc'],
	['REDIS_AUTH', 'user:pass'],
	['BASIC_AUTH', 'abcdef123'],
	['KUBECONFIG', 'apiVersion: v1'],
	['DB_PASSWORD', '/home/ana:hunter2'],
])('%s=%s is hidden', (name, value) => {
	expect(isSecretByName(name, value, 'entry')).toBe(true);
});

test.each([
	['TOKEN_TTL_SECONDS', '3600'],
	['SECRET_NAME', 'db-credentials'],
	['AUTH_ENABLED', 'true'],
	['KEYCLOAK_URL', 'https://sso.example.com'],
	['PASSWORD_FILE', '/run/secrets/db'],
	['DB_PASSWORD', '/run/secrets/db-password'],
	['DB_PASSWORD', '$(FROM_ELSEWHERE)'],
	['KUBECONFIG', '/Users/ana/.kube/config'],
	['KUBECONFIG', '/home/ana/one:/home/ana/two'],
	['KUBECONFIG', 'C:\\Users\\ana\\one;D:\\two'],
	['MAX_TOKENS', '4096'],
	['AUTH', 'basic'],
	['AUTH_MODE', 'token'],
	['KEY', 'value'],
	['KEYBOARD', 'de'],
	['MONKEY_KEY', 'x'],
	['AUTHOR', 'somebody1'],
	['PASSENGER_COUNT', '12'],
	['TOKENIZER', 'bpe12345'],
	['SECRETARY', 'x'],
	['API_KEY', ''],
	['USE_PASSWORD', 'false'],
	['DB_PASSWORD', '‹sealed:Deployment/shop/web/x›'],
])('%s=%s is not hidden', (name, value) => {
	expect(isSecretByName(name, value, 'entry')).toBe(false);
});

test.each([
	['nginx.ingress.kubernetes.io/auth-secret', 'shop/basic-auth', false],
	['example.com/client-secret', 'aB3$', true],
	['nginx.ingress.kubernetes.io/auth-type', 'basic', false],
	['vault.example.com/token', 's.abcdef', true],
	['privateKey', 'abc', true],
	['secretName', 'web-tls', false],
	['secretKey', 'password', false],
	['secretKey', 'aB3_x', true],
])('a field %s: %s is hidden: %s', (name, value, hidden) => {
	expect(isSecretByName(name, value, 'field')).toBe(hidden);
});

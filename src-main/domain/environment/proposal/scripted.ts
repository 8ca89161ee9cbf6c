import { fieldOf, type FolderLook } from './folder-look.ts';
import { need, type Ecosystem, type ProposedCheck } from './part.ts';

/** Ruby, by bundler. */
export const ruby: Ecosystem = {
  locked: (look) =>
    look.has('Gemfile.lock')
      ? { commands: ['bundle install'], isRepeatable: true, lockFiles: ['Gemfile.lock'], reason: `${look.pathOf('Gemfile.lock')}: dependencies by bundler`, needs: [need('Ruby', look.pathOf('Gemfile.lock'))] }
      : null,
  checks: (look, installed) => {
    if (installed === null) return [];
    if (look.has('.rspec') || look.has('spec/spec_helper.rb')) return [{ command: 'bundle exec rspec', from: look.pathOf(look.has('.rspec') ? '.rspec' : 'spec/spec_helper.rb') }];
    const rakefile = look.has('Rakefile') ? look.text('Rakefile') : null;
    return rakefile !== null && /TestTask|task\s+:?test\b/.test(rakefile) ? [{ command: 'bundle exec rake test', from: look.pathOf('Rakefile') }] : [];
  },
};

/** PHP, by composer. */
export const php: Ecosystem = {
  locked: (look) =>
    look.has('composer.lock')
      ? {
          commands: ['composer install --no-interaction'],
          isRepeatable: true,
          lockFiles: ['composer.lock'],
          reason: `${look.pathOf('composer.lock')}: dependencies by composer`,
          needs: [need('PHP', look.pathOf('composer.lock')), need('composer', look.pathOf('composer.lock'))],
        }
      : null,
  checks: (look) => {
    const config = ['phpunit.xml', 'phpunit.xml.dist'].find((name) => look.has(name));
    if (config !== undefined) return [{ command: 'vendor/bin/phpunit', from: look.pathOf(config) }];
    const test = fieldOf(fieldOf(look.has('composer.json') ? look.json('composer.json') : null, 'scripts'), 'test');
    return test === undefined ? [] : [{ command: 'composer test', from: look.pathOf('composer.json') }];
  },
};

const MAKEFILES = ['GNUmakefile', 'Makefile', 'makefile'];

/** Checks that a Makefile has targets for; it is read as text, and `include` is not followed. */
const makeChecks = (look: FolderLook): ProposedCheck[] => {
  const name = MAKEFILES.find((each) => look.has(each));
  const text = name === undefined ? null : look.text(name);
  if (name === undefined || text === null) return [];
  return ['test', 'check', 'lint'].flatMap((target) => (new RegExp(`^(?:[\\w.-]+[ \\t]+){0,20}${target}(?:[ \\t]+[\\w.-]+){0,20}[ \\t]*:(?!:?=)`, 'm').test(text) ? [{ command: `make ${target}`, from: look.pathOf(name) }] : []));
};

const nativeChecks = (look: FolderLook): ProposedCheck[] => {
  if (look.has('CMakeLists.txt')) return [{ command: 'cmake -S . -B /tmp/build && cmake --build /tmp/build && ctest --test-dir /tmp/build --output-on-failure', from: look.pathOf('CMakeLists.txt') }];
  if (look.has('meson.build')) return [{ command: 'meson setup /tmp/build && meson test -C /tmp/build', from: look.pathOf('meson.build') }];
  return [];
};

/** make, CMake and Meson: they bring nothing in, so they only have checks. */
export const native: Ecosystem = {
  locked: () => null,
  checks: (look) => [...makeChecks(look), ...nativeChecks(look)],
};

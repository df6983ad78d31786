// Imported first by every script of this folder: with `--help` it prints the comment that the script begins
// with, and ends.
import { readFileSync } from 'node:fs';

if (process.argv.some((word) => word === '--help' || word === '-h')) {
  const lines = readFileSync(String(process.argv[1]), 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  for (const line of lines.slice(0, end)) console.log(line.replace(/^\/\/ ?/, ''));
  process.exit();
}

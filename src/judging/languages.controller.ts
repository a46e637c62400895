import { Controller, Get } from '@nestjs/common';
import { Open } from '../auth/user.guard';
import { Judge } from '../ports';

@Controller('api/languages')
export class LanguagesController {
  constructor(private readonly judge: Judge) {}

  @Open()
  @Get()
  async list() {
    const { languages } = await this.judge.capabilities();
    return languages.map(({ id, name, version, extension, template }) => ({ id, name, version, extension, template }));
  }
}
